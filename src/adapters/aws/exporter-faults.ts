import { type FaultReport, PipelineFault } from '../../pipeline/faults.ts';

/** What an export is made of. */
interface Place {
  readonly tableArn: string;
  readonly bucket: string;
}

export const nameOfTable = (tableArn: string): string => tableArn.slice(tableArn.indexOf('/') + 1);

/** A reused client token whose export is under way: it has been asked for before. */
export const isConflict = (error: unknown): boolean =>
  ['ExportConflictException', 'ImportConflictException'].includes(nameOf(error));

export const withoutRecovery = (tableArn: string, cause?: unknown): PipelineFault =>
  new PipelineFault({
    what: 'point-in-time recovery is off, and without it DynamoDB exports nothing',
    where: tableArn,
    expected: 'point-in-time recovery ENABLED',
    found: 'DISABLED',
    remedy: `aws dynamodb update-continuous-backups --table-name ${nameOfTable(tableArn)} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
    cause,
  });

/**
 * What to do about each error of DynamoDB.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html#API_ExportTableToPointInTime_Errors
 */
const reports: Record<string, (place: Place) => FaultReport> = {
  TableNotFoundException: missingTable,
  ResourceNotFoundException: missingTable,
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

function missingTable({ tableArn }: Place): FaultReport {
  return {
    what: 'there is no such table',
    where: tableArn,
    expected: 'a table in this account and region',
    found: 'none',
    remedy: 'deploy the stack again with the right table ARN',
  };
}

const deniedBucket = ({ bucket }: Place): FaultReport => ({
  what: 'the export may not be written to the bucket',
  where: bucket,
  expected: 's3:PutObject, s3:PutObjectAcl and s3:AbortMultipartUpload on the bucket, and that it exists',
  remedy: "give the Export Lambda's role these permissions, and use of the bucket's KMS key where there is one",
});

const deniedTable = ({ tableArn }: Place): FaultReport => ({
  what: 'the table may not be exported',
  where: tableArn,
  expected: 'dynamodb:ExportTableToPointInTime and dynamodb:DescribeContinuousBackups on the table',
  remedy: "give the Export Lambda's role these permissions",
});

/** An error of DynamoDB as a fault that says what to do; one that is not known is left as it is. */
export function toExportFault(error: unknown, place: Place): unknown {
  const name = nameOf(error);
  if (name === 'PointInTimeRecoveryUnavailableException') return withoutRecovery(place.tableArn, error);
  const report = reports[name] ?? reportOfAccess(name, error);
  return report === undefined ? error : new PipelineFault({ found: messageOf(error), ...report(place), cause: error });
}

/** Trouble with the bucket comes as one of several errors whose message names S3 or the bucket. */
function reportOfAccess(name: string, error: unknown): ((place: Place) => FaultReport) | undefined {
  const mentionsBucket = /\bS3\b|\bs3:|bucket/i.test(messageOf(error));
  if (name === 'AccessDeniedException' || name === 'AccessDenied') return mentionsBucket ? deniedBucket : deniedTable;
  return name === 'ValidationException' && mentionsBucket ? deniedBucket : undefined;
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
