import type { ExportDescription } from '@aws-sdk/client-dynamodb';
import type { ExportFailure, PastExport } from '../../pipeline/ports.ts';

/*
 * How DynamoDB describes an export.
 *
 *   { "ExportArn": "arn:aws:dynamodb:…:table/games/export/01695353076000-a1b2c3d4", "ExportStatus": "FAILED",
 *     "StartTime": …, "S3Bucket": "daytally-exports", "S3Prefix": "exports/incremental/2024-11-21",
 *     "FailureCode": "S3NoSuchBucket", "FailureMessage": "The specified bucket does not exist …" }
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportDescription.html
 */

export function failureOf({ ExportStatus, FailureCode, FailureMessage }: ExportDescription): {
  readonly failure?: ExportFailure;
} {
  if (ExportStatus !== 'FAILED') return {};
  return { failure: { code: FailureCode ?? 'no code', message: FailureMessage ?? 'no message' } };
}

export const toPastExport = (description: ExportDescription): PastExport => ({
  exportArn: description.ExportArn ?? '',
  status: description.ExportStatus ?? 'IN_PROGRESS',
  keyPrefix: description.S3Prefix ? `${description.S3Prefix}/` : '',
  startedAt: description.StartTime?.getTime() ?? 0,
  ...failureOf(description),
});
