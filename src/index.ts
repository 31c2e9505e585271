/*
 * `daytally`: a definition with types, for those who write it in TypeScript or hand it to the construct of `daytally/cdk`.
 * The JSON Schema of definitions is `daytally/definition.schema.json`.
 */
export {
  type ActivityInput,
  type ChangeInput,
  type ConditionInput,
  type ConditionsInput,
  defineTable,
  type MetricIdOf,
  type MetricInput,
  type TableDefinition,
  type TimeInput,
} from './domain/define-table.ts';
export type { TimeForm } from './domain/definition.ts';
