import { toJSONSchema } from 'zod';
import { describeOutput } from '../src/schemas/describe-output.ts';

/** The JSON Schema of what `daytally describe --format json` prints: the package has it as a file. */
export const describeSchema = (): string => {
  const { $schema, ...schema } = toJSONSchema(describeOutput);
  const title = 'Daytally: what is in a DynamoDB table';
  return `${JSON.stringify({ $schema, title, ...schema }, undefined, 2)}\n`;
};
