import type { Template } from './template.ts';

/*
 * What is counted, as a value: which items of a table are which activity, where the user, the app and the time stand, and
 * which metrics follow. Everything that counts, stores or shows is handed one; schemas/definition.ts makes it of JSON.
 * Plain data through and through, so that it can be handed to another thread.
 */

/** Where a value stands in an item: a name, or the names of nested maps from the outermost. */
export type AttributePath = readonly string[];

/** How a time is written. What each means is said by schemas/timestamp.ts. */
export const timeForms = [
  'auto',
  'epochSeconds',
  'epochMillis',
  'epochMicros',
  'epochNanos',
  'dateTime',
  'dateTimeWithoutZone',
  'date',
  'ulid',
  'uuidv7',
  'ksuid',
] as const;

export type TimeForm = (typeof timeForms)[number];

/** What an attribute has to be like. Of one that is absent, or of another type, only `exists` and `not` can hold. */
export type Condition =
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'startsWith'; readonly prefix: string }
  | { readonly kind: 'oneOf'; readonly texts: readonly string[] }
  | { readonly kind: 'exists'; readonly exists: boolean }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** The digits as they stand. */
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'not'; readonly condition: Condition };

/** A condition on one of the definition's attributes, told by its place in {@link Definition.attributes}. */
export interface AttributeCondition {
  readonly attribute: number;
  readonly condition: Condition;
}

/** An attribute that must be of a type and a form, or the record is malformed. */
export interface AttributeRead {
  readonly attribute: number;
  readonly type: 'S' | 'N';
  readonly template: Template;
}

/** Where the time of an activity stands. */
export interface TimeSource {
  /** The attribute that it is, or that the hole is in. */
  readonly attribute: number;
  /** Null where the attribute is the time. */
  readonly hole: string | null;
  readonly as: TimeForm;
}

/**
 * What has become of an item in an export's window: `put` it was written (or is there, in a full export); `insert` it was not
 * there before; `delete` it is gone; `becomes` it fulfils conditions that it did not fulfil before, or was not there.
 */
export type Change =
  | { readonly kind: 'put' }
  | { readonly kind: 'insert' }
  | { readonly kind: 'delete' }
  | { readonly kind: 'becomes'; readonly conditions: readonly AttributeCondition[] };

/** One thing that users do, as items tell it. */
export interface ActivityDefinition {
  readonly id: string;
  /** An item is the activity where all of them hold; in the order in which they were written. */
  readonly is: readonly AttributeCondition[];
  readonly read: readonly AttributeRead[];
  /** Null where the item bears no time: the export's day is the date. */
  readonly at: TimeSource | null;
  /** What must have become of the item. */
  readonly on: Change;
  /** Which attribute's text names the app or the user; null where none does. */
  readonly app: number | null;
  readonly user: number | null;
  /** Attributes whose numbers are added up, each once. */
  readonly sums: readonly number[];
}

/**
 * `distinctUsers` who did it; `countPerUser` how often it was done, kept user by user; `count` how often, the number alone
 * kept; `sum` of a number that the items bear, exact.
 */
export const measures = ['distinctUsers', 'countPerUser', 'count', 'sum'] as const;

export type Measure = (typeof measures)[number];

/** One number a day and app. One row of a definition; the record, CloudWatch, the dashboard and the reports loop over them. */
export interface Metric {
  /** Key in `summary`, in reports and in the command line's output. */
  readonly id: string;
  /** Its activity's place in {@link Definition.activities}. */
  readonly activity: number;
  readonly measure: Measure;
  /** Which of its activity's {@link ActivityDefinition.sums}; null where it is no sum. */
  readonly sum: number | null;
  readonly title: string;
  /** Empty where there is none. */
  readonly description: string;
  /** Name of the attribute that keeps what is behind the number: sorted user ids, a map of counts, or the bare number. */
  readonly stored: string;
  /** Name in CloudWatch; unit Count. */
  readonly cloudWatch: string;
}

export interface Definition {
  /** Names it: 16 hexadecimal digits that change with everything that may change a number. */
  readonly hash: string;
  /** The JSON that it was made of, for whoever has to make it again elsewhere. */
  readonly json: string;
  /** All that is looked at of an item; 16 at most. */
  readonly attributes: readonly AttributePath[];
  /** Attributes that every item has as text, or it is malformed. */
  readonly required: readonly number[];
  /** The app of activities that name none. */
  readonly app: string;
  /** 32 at most. */
  readonly activities: readonly ActivityDefinition[];
  /** 64 at most, in the order in which they are shown. */
  readonly metrics: readonly Metric[];
}

export const MAX_ATTRIBUTES = 16;
export const MAX_ACTIVITIES = 32;
export const MAX_METRICS = 64;

/** An attribute's path as a definition writes it: dots between names, a backslash in front of a name's own dots. */
export const formatPath = (path: AttributePath): string => path.map((name) => name.replaceAll('.', '\\.')).join('.');

/** Reads what {@link formatPath} writes; undefined where a name is empty. */
export function parsePath(text: string): AttributePath | undefined {
  const names: string[] = [''];
  for (const [part] of text.matchAll(/\\\.|\.|[^.\\]+|\\/g)) {
    if (part === '.') names.push('');
    else names[names.length - 1] += part === '\\.' ? '.' : part;
  }
  return names.includes('') ? undefined : names;
}
