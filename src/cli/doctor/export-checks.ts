import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { clientOptions } from '../../adapters/aws/installation.ts';
import { LedgerReader } from '../../adapters/aws/ledger-reader.ts';
import { encryptionOf, type ObjectEncryption } from '../../adapters/aws/object-encryption.ts';
import { S3Files } from '../../adapters/aws/s3-files.ts';
import { MAX_RECOVERY_DAYS } from '../../domain/recovery.ts';
import type { LedgerEntry } from '../../domain/run-ledger.ts';
import { dayOfMillis, daysBetween, formatDay, MILLIS_PER_DAY } from '../../domain/utc-day.ts';
import { openExport } from '../../pipeline/count/count-export.ts';
import { prefixOf } from '../../pipeline/count/open-object.ts';
import { MissingObject } from '../../pipeline/faults.ts';
import { nameOfPurpose } from '../../pipeline/request/export-orders.ts';
import { keepsOnly, recoveryCommand } from '../../pipeline/request/recovery-advice.ts';
import { plural } from '../../report/format.ts';
import { openSourceTable, readFailedExports } from '../source-table.ts';
import { type Found, problem, warning, well } from './findings.ts';
import type { Patient } from './patient.ts';

/** With fewer, yesterday's midnight is not covered any more when it is exported at 02:00 UTC. */
const FEWEST_RECOVERY_DAYS = 2;

export async function recovery({ installation, options, now }: Patient): Promise<Found> {
  const { exporter, target, catchUpDays } = await openSourceTable(installation.ExportFunctionName, options);
  const { earliest, periodDays } = await exporter.recovery();
  const command = recoveryCommand(target.tableArn);
  if (periodDays < FEWEST_RECOVERY_DAYS)
    return problem(`${keepsOnly({ periodDays })}: no night can be counted exactly`, command);
  if (periodDays < catchUpDays + 1)
    return warning(
      `${keepsOnly({ periodDays })}: a night that is missed cannot be made good for ${plural(catchUpDays, 'day')}`,
      command,
    );
  const says = `on for ${target.tableArn.split('/').at(-1)}, reaches back to ${new Date(earliest).toISOString()}`;
  return now - earliest < catchUpDays * MILLIS_PER_DAY
    ? warning(says, `turned on lately: nights before that are lost; it grows to ${periodDays} days by itself`)
    : well(says);
}

/** Exports that were accepted and have failed minutes later, of which no event tells. */
export async function pastExports({ installation, options }: Patient): Promise<Found> {
  const failed = await readFailedExports(await openSourceTable(installation.ExportFunctionName, options));
  const [first, ...others] = failed;
  if (first === undefined) return well('none of those asked for lately has failed');
  const more = others.length === 0 ? '' : `, and ${plural(others.length, 'other')}`;
  return problem(
    `${nameOfPurpose(first)} has failed: ${first.failureCode}: ${first.failureMessage}${more}`,
    `${first.remedy}; then: ${first.command}`,
  );
}

/** The bucket's default says nothing of what DynamoDB writes: a file of the last export does. */
export async function encryption(patient: Patient): Promise<Found> {
  const { target } = await openSourceTable(patient.installation.ExportFunctionName, patient.options);
  const last = await lastEntry(patient);
  if (last === undefined) return well('no export has been counted lately: there is none to look at');
  const found = await encryptionOfExport(new S3Client(clientOptions(patient.options)), last.manifest);
  if (found === undefined) return well(`the files of the last export have expired: ${last.exportId}`);
  return judge(found, target.kmsKeyArn, last.exportId);
}

async function lastEntry({ installation, options, now }: Patient): Promise<LedgerEntry | undefined> {
  const client = new DynamoDBClient(clientOptions(options));
  const ledger = new LedgerReader({ client, tableName: installation.AnalyticsTableName });
  const today = dayOfMillis(now);
  const dates = daysBetween(today - MAX_RECOVERY_DAYS, today - 1).map(formatDay);
  const entries = await ledger.readLedger(dates, { consistent: false });
  return entries.sort((a, b) => (a.exportId < b.exportId ? -1 : 1)).at(-1);
}

/** Of a data file, not of the manifest: that is copied onto itself to have an export counted again, by the bucket's default. */
async function encryptionOfExport(
  client: S3Client,
  manifest: LedgerEntry['manifest'],
): Promise<ObjectEncryption | undefined> {
  try {
    const { dataFiles, manifestFilesKey } = await openExport(new S3Files(client, manifest.bucket), manifest.key);
    const key = dataFiles[0]?.dataFileS3Key ?? manifestFilesKey;
    return (
      (await encryptionOf(client, manifest.bucket, key)) ??
      (await encryptionOf(client, manifest.bucket, prefixOf(manifest.key) + key))
    );
  } catch (error) {
    if (error instanceof MissingObject) return undefined;
    throw error;
  }
}

function judge({ algorithm, kmsKeyArn }: ObjectEncryption, wanted: string | undefined, exportId: string): Found {
  const by = kmsKeyArn === undefined ? algorithm : `${algorithm}, ${kmsKeyArn}`;
  if (wanted === undefined || kmsKeyArn === wanted) return well(`the last export by ${by}`);
  // Of a key that is named by an alias S3 tells the key itself.
  if (wanted.includes(':alias/') && kmsKeyArn !== undefined) return well(`the last export by ${by}`);
  return problem(
    `the last export, ${exportId}, is encrypted by ${by} and not by ${wanted}`,
    'npm run deploy; from the next night on each request names the key',
  );
}
