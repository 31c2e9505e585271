import { toJSONSchema } from 'zod';
import { definitionInput } from '../src/schemas/definition-input.ts';

/** The JSON Schema of definitions, by which editors complete them: the package has it as a file. */
export const definitionSchema = (): string => {
  const { $schema, ...schema } = toJSONSchema(definitionInput, { io: 'input' });
  const title = 'Daytally: what is counted of a DynamoDB table';
  return `${JSON.stringify({ $schema, title, ...schema }, undefined, 2)}\n`;
};
