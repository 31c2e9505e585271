import { createHash } from 'node:crypto';
import { spanOfDay } from '../../domain/export-window.ts';
import { type DateText, formatDay, type UtcDay } from '../../domain/utc-day.ts';
import type { ExportOrder } from '../ports.ts';

/** Which table is exported where, and how it is encrypted there. */
export interface OrderTarget {
  readonly tableArn: string;
  readonly bucket: string;
  /** Empty or ending in a slash. */
  readonly s3Prefix: string;
  /** The ARN of the KMS key that encrypts the exports; by default S3's own keys do. */
  readonly kmsKeyArn?: string | undefined;
}

/** An export to ask for, and the days that it is to speak for, both inclusive. */
export interface WindowOrder {
  readonly window: { readonly from: DateText; readonly to: DateText };
  /** All of the request but the token that makes it idempotent, see {@link withToken}. */
  readonly order: Omit<ExportOrder, 'clientToken'>;
}

export function incrementalOrder(day: UtcDay, target: OrderTarget): WindowOrder {
  const date = formatDay(day);
  return {
    window: { from: date, to: date },
    order: {
      exportType: 'INCREMENTAL_EXPORT',
      span: spanOfDay(day),
      outputView: 'NEW_AND_OLD_IMAGES',
      keyPrefix: `${target.s3Prefix}incremental/${date}/`,
      ...encryption(target),
    },
  };
}

/** @param requestId names the invocation: asked again under the same name, the backfill is not started a second time */
export function backfillOrder(startDay: UtcDay, lastDay: UtcDay, requestId: string, target: OrderTarget): WindowOrder {
  const from = formatDay(startDay);
  return {
    window: { from, to: formatDay(lastDay) },
    order: {
      exportType: 'FULL_EXPORT',
      keyPrefix: `${target.s3Prefix}backfill/${from}/${hashOf(requestId).slice(0, BACKFILL_ID_LENGTH)}/`,
      ...encryption(target),
    },
  };
}

const encryption = ({ kmsKeyArn }: OrderTarget) => (kmsKeyArn === undefined ? {} : { kmsKeyArn });

/** Enough to tell the backfills of one start date apart. */
const BACKFILL_ID_LENGTH = 12;

/** What an export was asked for, as its place in the bucket says. */
export interface ExportPurpose {
  readonly mode: 'incremental' | 'backfill';
  /** The one day, or the first one of many. */
  readonly from: DateText;
}

/** @returns undefined where the export is none of ours */
export function purposeOf(keyPrefix: string, { s3Prefix }: Pick<OrderTarget, 's3Prefix'>): ExportPurpose | undefined {
  if (!keyPrefix.startsWith(s3Prefix)) return undefined;
  const [, mode, from] = /^(incremental|backfill)\/(\d{4}-\d{2}-\d{2})\//.exec(keyPrefix.slice(s3Prefix.length)) ?? [];
  return from === undefined ? undefined : { mode: mode === 'backfill' ? mode : 'incremental', from };
}

export const nameOfPurpose = ({ mode, from }: ExportPurpose): string =>
  mode === 'backfill' ? `the backfill from ${from}` : `the export of ${from}`;

/** When an order is given: the same order given again under the same occasion starts no second export. */
export interface Occasion {
  /** The UTC day on which it is given. */
  readonly night: DateText;
  /** How many exports of this very order have already ended on that day. */
  readonly ended: number;
}

/** The order with the token that DynamoDB knows it by: another for any other order, target or occasion. */
export const withToken = (
  order: WindowOrder['order'],
  { tableArn, bucket }: OrderTarget,
  { night, ended }: Occasion,
): ExportOrder => ({
  ...order,
  clientToken: hashOf({ tableArn, bucket, ...order, night, ended }).slice(0, MAX_TOKEN_LENGTH),
});

/**
 * DynamoDB takes client tokens of at most 36 characters.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html
 */
const MAX_TOKEN_LENGTH = 36;

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
