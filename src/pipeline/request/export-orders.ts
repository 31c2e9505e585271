import { createHash } from 'node:crypto';
import { spanOfDay } from '../../domain/export-window.ts';
import { type DateText, formatDay, type UtcDay } from '../../domain/utc-day.ts';
import type { ExportOrder } from '../ports.ts';

/** Which table is exported where. */
export interface OrderTarget {
  readonly tableArn: string;
  readonly bucket: string;
  /** Empty or ending in a slash. */
  readonly s3Prefix: string;
}

/** An export to ask for, and the days that it is to speak for, both inclusive. */
export interface WindowOrder {
  readonly window: { readonly from: DateText; readonly to: DateText };
  readonly order: ExportOrder;
}

export function incrementalOrder(day: UtcDay, target: OrderTarget): WindowOrder {
  const date = formatDay(day);
  const keyPrefix = `${target.s3Prefix}incremental/${date}/`;
  return {
    window: { from: date, to: date },
    order: {
      exportType: 'INCREMENTAL_EXPORT',
      span: spanOfDay(day),
      keyPrefix,
      clientToken: tokenOf(target, 'incremental', date),
    },
  };
}

/** @param requestId names the invocation: asked again under the same name, the backfill is not started a second time */
export function backfillOrder(startDay: UtcDay, lastDay: UtcDay, requestId: string, target: OrderTarget): WindowOrder {
  const from = formatDay(startDay);
  const clientToken = tokenOf(target, 'backfill', from, requestId);
  return {
    window: { from, to: formatDay(lastDay) },
    order: {
      exportType: 'FULL_EXPORT',
      keyPrefix: `${target.s3Prefix}backfill/${from}/${clientToken.slice(0, BACKFILL_ID_LENGTH)}/`,
      clientToken,
    },
  };
}

/** Enough to tell the backfills of one start date apart. */
const BACKFILL_ID_LENGTH = 12;

/**
 * DynamoDB takes client tokens of at most 36 characters.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html
 */
const MAX_TOKEN_LENGTH = 36;

/** The same for the same request, so that a repeated one starts no second export. */
const tokenOf = ({ tableArn, bucket, s3Prefix }: OrderTarget, ...request: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([tableArn, bucket, s3Prefix, ...request]))
    .digest('hex')
    .slice(0, MAX_TOKEN_LENGTH);
