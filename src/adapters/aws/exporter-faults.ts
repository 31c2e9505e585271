import { type FaultReport, messageOf, PipelineFault } from '../../pipeline/faults.ts';
import { recoveryCommand } from '../../pipeline/request/recovery-advice.ts';

/** What an export is made of. */
interface Place {
  readonly tableArn: string;
  readonly bucket: string;
}

export const withoutRecovery = (tableArn: string, cause?: unknown): PipelineFault =>
  new PipelineFault({
    what: 'point-in-time recovery is off, and without it DynamoDB exports nothing',
    where: tableArn,
    expected: 'point-in-time recovery ENABLED',
    found: 'DISABLED',
    remedy: recoveryCommand(tableArn),
    cause,
  });

/** An answer without an ARN says nothing of an export that could be looked for. */
export const namelessExport = (tableArn: string): PipelineFault =>
  new PipelineFault({
    what: 'DynamoDB has not said that it started an export',
    where: tableArn,
    expected: 'the ARN of the export',
    found: 'none',
    remedy: `look whether there is one: aws dynamodb list-exports --table-arn ${tableArn}; the next nightly run asks again`,
  });

/**
 * What to do about each error of DynamoDB.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html#API_ExportTableToPointInTime_Errors
 */
const reports: Record<string, (place: Place) => FaultReport> = {
  TableNotFoundException: missingTable,
  ResourceNotFoundException: missingTable,
  // Shown against AWS by the tests of ScyllaDB's Alternator: the same token with any other parameter. The documentation
  // also says "a conflict when writing to the specified S3 bucket".
  ExportConflictException: ({ tableArn, bucket }) => ({
    what: 'nothing was started: the request conflicts with another one',
    where: tableArn,
    expected: `a client token that no other request has used for eight hours, and no other export in the same place of ${bucket}`,
    remedy: `see what is under way: aws dynamodb list-exports --table-arn ${tableArn}; when that has ended ask again by a replay, or leave it to the next night, which asks under another token`,
  }),
  LimitExceededException: ({ tableArn }) => ({
    what: 'too many exports are running already',
    where: tableArn,
    expected: 'at most 300 exports, and 100 TB, at a time in an account and region',
    remedy: 'nothing needs to be done: the next nightly run asks again for what is missing',
  }),
  InvalidExportTimeException: ({ tableArn }) => ({
    what: 'the window cannot be exported',
    where: tableArn,
    expected: 'a window of 15 minutes to 24 hours inside of point-in-time recovery (35 days at most)',
    remedy: 'ask for later days, or for a backfill',
  }),
};

/** The end of a window is compared with DynamoDB's clock: in UTC the day is not over yet. */
const notOver = ({ tableArn }: Place): FaultReport => ({
  what: 'a day cannot be exported before it is over',
  where: tableArn,
  expected: 'days up to yesterday, UTC',
  remedy: 'ask again after 00:00 UTC, for days up to yesterday; the nightly run asks for them by itself',
});

function missingTable({ tableArn }: Place): FaultReport {
  return {
    what: 'there is no such table',
    where: tableArn,
    expected: 'a table in this account and region',
    found: 'none',
    remedy: 'deploy the stack again with the right table ARN',
  };
}

const deniedKey = ({ bucket }: Place): FaultReport => ({
  what: 'the export may not be encrypted with the KMS key',
  where: bucket,
  expected: 'kms:GenerateDataKey and kms:Decrypt on the key, by its own policy too, and that the key is enabled',
  remedy: "let the Export function's role use the key: deploy again, and look into the key's policy",
});

const deniedBucket = ({ bucket }: Place): FaultReport => ({
  what: 'the export may not be written to the bucket',
  where: bucket,
  expected: 's3:PutObject, s3:PutObjectAcl and s3:AbortMultipartUpload on the bucket, and that it exists',
  remedy: "give the Export function's role these permissions: deploy again, and look for a Deny in the bucket's policy",
});

const deniedTable = ({ tableArn }: Place): FaultReport => ({
  what: 'the table may not be exported, or its exports not be looked at',
  where: tableArn,
  expected:
    'dynamodb:ExportTableToPointInTime, dynamodb:DescribeContinuousBackups and dynamodb:ListExports on the table, dynamodb:DescribeExport on its exports',
  remedy: 'give whoever asks these permissions: deploy again, or ask who administers the account',
});

/** An error of DynamoDB as a fault that says what to do; one that is not known is left as it is. */
export function toExportFault(error: unknown, place: Place): unknown {
  const name = nameOf(error);
  if (name === 'PointInTimeRecoveryUnavailableException') return withoutRecovery(place.tableArn, error);
  const isEarly = /cannot be greater than (?:the )?current time/i.test(messageOf(error));
  const report = isEarly ? notOver : (reports[name] ?? reportOfAccess(name, error));
  return report === undefined ? error : new PipelineFault({ found: messageOf(error), ...report(place), cause: error });
}

/** Trouble with the bucket or the key comes as one of several errors whose message names S3, KMS or the bucket. */
function reportOfAccess(name: string, error: unknown): ((place: Place) => FaultReport) | undefined {
  const isDenied = name === 'AccessDeniedException' || name === 'AccessDenied';
  if (!isDenied && name !== 'ValidationException') return undefined;
  if (/\bKMS\b|\bkms:/i.test(messageOf(error))) return deniedKey;
  if (/\bS3\b|\bs3:|bucket/i.test(messageOf(error))) return deniedBucket;
  return isDenied ? deniedTable : undefined;
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
