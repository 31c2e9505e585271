import type { TimeForm } from './definition.ts';

/*
 * A definition as people write it, in JSON or in TypeScript; docs/definitions.md is its manual and schemas/definition.ts
 * says of one whether it is right.
 */

/** A template that matches text (`{"S"}`; without a hole: that very text), or another thing that an attribute must be. */
export type ConditionInput =
  | string
  | { readonly startsWith: string }
  | { readonly oneOf: readonly string[] }
  | { readonly exists: boolean }
  | { readonly BOOL: boolean }
  | { readonly N: string }
  | { readonly not: ConditionInput };

/** Conditions by attribute; all have to hold. */
export type ConditionsInput = Readonly<Record<string, ConditionInput>>;

/** Where the time stands: an attribute, or a hole of a template. */
export type TimeInput =
  | string
  | { readonly attribute: string; readonly as?: TimeForm }
  | { readonly hole: string; readonly as: Exclude<TimeForm, 'auto'> };

export type ChangeInput = 'put' | 'insert' | 'delete' | { readonly becomes: ConditionsInput };

export interface ActivityInput {
  /** Which items are this activity. */
  readonly is: ConditionsInput;
  /** What must be readable of them, by attribute: a template for text, `{"N": template}` for the digits of a number. */
  readonly read?: Readonly<Record<string, string | { readonly N: string }>>;
  /** When it was; without it, the export's day is the date. */
  readonly at?: TimeInput;
  /** What must have become of the item. @default 'put' */
  readonly on?: ChangeInput;
}

export interface MetricInput<Activity extends string = string> {
  readonly of: Activity;
  readonly measure: 'distinctUsers' | 'countPerUser' | 'count' | { readonly sum: string };
  /** @default the id in words */
  readonly title?: string;
  readonly description?: string;
  /** Attribute of the Analytics Table's records. @default `<id>Ids`, `<id>PerUser` or `<id>` */
  readonly stored?: string;
  /** Name in CloudWatch. @default the id with a capital */
  readonly cloudWatch?: string;
}

export interface TableDefinition<
  Activities extends Readonly<Record<string, ActivityInput>> = Readonly<Record<string, ActivityInput>>,
  Metrics extends Readonly<Record<string, MetricInput<keyof Activities & string>>> = Readonly<
    Record<string, MetricInput<keyof Activities & string>>
  >,
> {
  readonly $schema?: string;
  readonly version: 1;
  /** What parts of keys are separated by: a hole `${name}` never takes it. */
  readonly separator?: string;
  /** Attributes that every item has as text; an item without is malformed. */
  readonly required?: readonly string[];
  /** The app of activities that name none. @default 'all' */
  readonly app?: string;
  readonly activities: Activities;
  readonly metrics: Metrics;
}

/** The ids of a definition's metrics. */
export type MetricIdOf<Table extends TableDefinition> = keyof Table['metrics'] & string;

/**
 * A definition in TypeScript: refuses, when it is compiled, a metric of an activity that there is not. All else is checked
 * where it is used, with the file's name.
 */
export const defineTable = <
  const Activities extends Readonly<Record<string, ActivityInput>>,
  const Metrics extends Readonly<Record<string, MetricInput<keyof Activities & string>>>,
>(
  table: TableDefinition<Activities, Metrics>,
): TableDefinition<Activities, Metrics> => table;
