import type { ActivityType } from './activity.ts';

/** What a metric measures on the activities of one type, of one app, on one day. */
export type Measure = 'distinctUsers' | 'total';

/**
 * How the numbers behind a metric are kept in the analytics record:
 * `userIds` the sorted list of users, `countPerUser` a map from user to count, `total` the bare number.
 */
export type StoredShape = 'userIds' | 'countPerUser' | 'total';

export interface Metric {
  /** Key in `summary`, in reports and in the command line's output. */
  readonly id: string;
  /** Name in CloudWatch; unit Count. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly counts: ActivityType;
  readonly measure: Measure;
  readonly stored: { readonly attribute: string; readonly as: StoredShape };
}

/**
 * THE TABLE. One row is one metric; the record, CloudWatch, the dashboard, the report and the command line loop over it.
 * The tally keeps, for each activity type, a count per user, so a row may ask for anything that follows from those.
 */
export const metrics = [
  {
    id: 'activeUsers',
    name: 'ActiveUsers',
    title: 'Active users',
    description: 'Distinct users who played at least one game',
    counts: 'session',
    measure: 'distinctUsers',
    stored: { attribute: 'activeUserIds', as: 'userIds' },
  },
  {
    id: 'gamesPlayed',
    name: 'GamesPlayed',
    title: 'Games played',
    description: 'Game sessions',
    counts: 'session',
    measure: 'total',
    stored: { attribute: 'gamesPerUser', as: 'countPerUser' },
  },
  {
    id: 'partiesCreated',
    name: 'PartiesCreated',
    title: 'Parties created',
    description: 'Parties that users opened',
    counts: 'party',
    measure: 'total',
    stored: { attribute: 'partiesCreatedPerUser', as: 'countPerUser' },
  },
  {
    id: 'partiesJoined',
    name: 'PartiesJoined',
    title: 'Parties joined',
    description: 'Times a user joined a party',
    counts: 'member',
    measure: 'total',
    stored: { attribute: 'partiesJoined', as: 'total' },
  },
] as const satisfies readonly Metric[];

export type MetricId = (typeof metrics)[number]['id'];

/** One number per metric. */
export type Summary = Readonly<Record<MetricId, number>>;

/** Makes a summary by asking `value` for each row of the table. */
export const summaryOf = (value: (metric: Metric & { readonly id: MetricId }) => number): Summary =>
  Object.fromEntries(metrics.map((metric) => [metric.id, value(metric)])) as Summary;

export const zeroSummary: Summary = summaryOf(() => 0);

/** Whether anything at all happened. */
export const isZero = (summary: Summary): boolean => metrics.every(({ id }) => summary[id] === 0);

export const equalSummaries = (a: Summary, b: Summary): boolean => metrics.every(({ id }) => a[id] === b[id]);
