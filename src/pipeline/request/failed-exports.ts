import { MILLIS_PER_DAY } from '../../domain/utc-day.ts';
import { PipelineFault } from '../faults.ts';
import type { ExportFailure, PastExport } from '../ports.ts';
import { type ExportPurpose, type OrderTarget, purposeOf } from './export-orders.ts';

/** Two nights, so that nothing is hidden by one that does not run. */
export const LOOK_BACK_MILLIS = 2 * MILLIS_PER_DAY;

/** An export of ours that has failed, and was not made good since. */
export interface FailedExport extends ExportPurpose {
  readonly exportArn: string;
  /** As DynamoDB has it, such as `S3NoSuchBucket`. */
  readonly failureCode: string;
  readonly failureMessage: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** What to do about the cause. */
  readonly remedy: string;
  /** Asks again, which for a single day the next night does as well. */
  readonly command: string;
}

/**
 * Of exports, those of ours that have failed: of several for the same purpose the last one, and none where a later one
 * is complete. One that is still under way makes nothing good yet.
 */
export function failedExports(exports: readonly PastExport[], target: OrderTarget): FailedExport[] {
  const settled = new Set<string>();
  const failed: FailedExport[] = [];
  for (const past of exports.toSorted((a, b) => b.startedAt - a.startedAt)) {
    const purpose = purposeOf(past.keyPrefix, target);
    if (purpose === undefined || past.status === 'IN_PROGRESS') continue;
    const name = `${purpose.mode}/${purpose.from}`;
    if (past.failure !== undefined && !settled.has(name)) failed.push(describe(past, past.failure, purpose, target));
    settled.add(name);
  }
  return failed.sort((a, b) => (a.from < b.from ? -1 : 1));
}

const describe = (
  { exportArn, startedAt }: PastExport,
  failure: ExportFailure,
  purpose: ExportPurpose,
  target: OrderTarget,
): FailedExport => ({
  ...purpose,
  exportArn,
  failureCode: failure.code,
  failureMessage: failure.message,
  startedAt: new Date(startedAt).toISOString(),
  remedy: remedyOfFailure(failure, target),
  command: commandFor(purpose),
});

/** What to throw where an export that somebody waits for has failed. */
export const exportFailed = (
  exportArn: string,
  failure: ExportFailure,
  target: Pick<OrderTarget, 'bucket' | 'kmsKeyArn'>,
): PipelineFault =>
  new PipelineFault({
    what: 'the export has failed',
    where: exportArn,
    found: `${failure.code}: ${failure.message}`,
    remedy: `${remedyOfFailure(failure, target)}; then ask again by a replay, or leave it to the next night`,
  });

const commandFor = ({ mode, from }: ExportPurpose): string =>
  mode === 'backfill' ? `daytally backfill --from ${from}` : `daytally replay --from ${from} --to ${from}`;

/** AWS documents no list of codes; of the bucket's is known from use, the others go by the error of S3 or KMS in them. */
function remedyOfFailure(
  { code, message }: ExportFailure,
  { bucket, kmsKeyArn }: Pick<OrderTarget, 'bucket' | 'kmsKeyArn'>,
): string {
  const said = `${code} ${message}`;
  if (/NoSuchBucket/i.test(said)) {
    return `the bucket ${bucket} is gone: docs/runbook.md, ExportsFailed, says how to have it again`;
  }
  if (/KMS|kms:/.test(said)) {
    return `let the Export function's role use the key ${kmsKeyArn ?? 'of the bucket'} (kms:GenerateDataKey, kms:Decrypt), by the key's own policy too, and see that the key is enabled`;
  }
  if (/AccessDenied|Access Denied|Forbidden/i.test(said)) {
    return `let the Export function's role write to the bucket ${bucket} again (s3:PutObject, s3:PutObjectAcl, s3:AbortMultipartUpload): deploy again, and look for a Deny in the bucket's policy`;
  }
  return 'mend what it names';
}
