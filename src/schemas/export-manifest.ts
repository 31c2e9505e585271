import * as z from 'zod';
import type { ExportScope } from '../domain/counting-rules.ts';
import { type DayWindow, dayOfSpan, daysBefore, wholeDaysIn } from '../domain/export-window.ts';
import { type ExportOrigin, qualityOf } from '../domain/provenance.ts';
import { parseDay } from '../domain/utc-day.ts';
import { parseJsonInput } from './parse-input.ts';

/*
 * manifest-summary.json of a full export; fields that are not listed here are tolerated:
 *
 *   { "version": "2020-06-30", "exportArn": "arn:aws:dynamodb:…:table/games/export/01234567890123-a1b2c3d4",
 *     "startTime": "2024-11-22T02:00:00.000Z", "endTime": "2024-11-22T02:10:00.000Z", "tableArn": "…", "tableId": "…",
 *     "exportTime": "2024-11-22T02:00:00.000Z", "s3Bucket": "bucket", "s3Prefix": null, "s3SseAlgorithm": "AES256",
 *     "s3SseKmsKeyId": null, "manifestFilesS3Key": "AWSDynamoDB/01234567890123-a1b2c3d4/manifest-files.json",
 *     "billedSizeBytes": 0, "itemCount": 8, "outputFormat": "DYNAMODB_JSON" }
 *
 * An incremental export has no exportTime, but:
 *
 *   "exportFromTime": "2024-11-21T00:00:00.000Z", "exportToTime": "2024-11-22T00:00:00.000Z",
 *   "exportType": "INCREMENTAL_EXPORT", "outputView": "NEW_AND_OLD_IMAGES"
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 */

const count = z.int('a whole number from 0').min(0, 'a whole number from 0');
const text = z.string('a string').min(1, 'a string that is not empty');
const instant = z.iso.datetime({ offset: true, error: 'an ISO 8601 date-time' }).transform((time) => Date.parse(time));

const common = {
  exportArn: text.regex(/\/[^/]+$/, 'an ARN that ends in /<export id>'),
  tableArn: text.optional(),
  s3Bucket: text,
  s3Prefix: z.string('a string or null').nullish(),
  endTime: instant,
  manifestFilesS3Key: text,
  itemCount: count,
  billedSizeBytes: count.default(0),
  outputFormat: z.literal(
    'DYNAMODB_JSON',
    '"DYNAMODB_JSON" (Amazon Ion cannot be read; export again as DynamoDB JSON)',
  ),
};

const fullExport = z.object({ ...common, exportType: z.literal('FULL_EXPORT'), exportTime: instant });

const incrementalExport = z.object({
  ...common,
  exportType: z.literal('INCREMENTAL_EXPORT'),
  exportFromTime: instant,
  exportToTime: instant,
  /** Where nothing is said, what is exported where nothing was asked for. */
  outputView: text.default('NEW_AND_OLD_IMAGES'),
});

/** Exports that were made before incremental ones existed do not say their type: they are full. */
const summarySchema = z.preprocess(
  (input) => (isObject(input) ? { ...input, exportType: input.exportType ?? 'FULL_EXPORT' } : input),
  z.discriminatedUnion('exportType', [fullExport, incrementalExport], {
    error: 'a manifest summary whose exportType is FULL_EXPORT or INCREMENTAL_EXPORT',
  }),
);

/** What a manifest summary says, in the domain's terms. */
export interface ManifestSummary {
  readonly origin: ExportOrigin;
  /** Of the table that was exported. */
  readonly tableArn: string;
  readonly scope: ExportScope;
  /** When DynamoDB had written the export, epoch milliseconds: nothing was counted of it before. */
  readonly completedAt: number;
  /** The days that this export speaks for. */
  readonly window: DayWindow;
  readonly manifestFilesKey: string;
  readonly itemCount: number;
  /** What DynamoDB charges for: of a full export the size of the table, of an incremental one that of its changes. */
  readonly billedSizeBytes: number;
}

/**
 * Reads a manifest summary.
 * @param key the manifest's own key: where the summary names no prefix, the start date is looked for there
 * @throws InvalidInput
 */
export function parseManifestSummary(json: string, name: string, key: string): ManifestSummary {
  const summary = parseJsonInput(summarySchema, json, name);
  const { exportType, manifestFilesS3Key, itemCount, billedSizeBytes } = summary;
  const exportTime = exportType === 'FULL_EXPORT' ? summary.exportTime : summary.exportToTime;
  return {
    origin: {
      exportId: summary.exportArn.slice(summary.exportArn.lastIndexOf('/') + 1),
      exportType,
      exportTime: new Date(exportTime).toISOString(),
      quality: qualityOf(exportType),
    },
    // An export's ARN is that of its table with `/export/<export id>` behind it.
    tableArn: summary.tableArn ?? summary.exportArn.replace(/\/export\/[^/]+$/, ''),
    scope: scopeOf(summary),
    completedAt: summary.endTime,
    window:
      exportType === 'FULL_EXPORT'
        ? daysBefore(summary.exportTime, startDay(summary.s3Prefix || key))
        : wholeDaysIn({ from: summary.exportFromTime, to: summary.exportToTime }),
    manifestFilesKey: manifestFilesS3Key,
    itemCount,
    billedSizeBytes,
  };
}

/** What an export of this kind can tell of its items. */
const scopeOf = (summary: z.output<typeof summarySchema>): ExportScope =>
  summary.exportType === 'FULL_EXPORT'
    ? { exportType: summary.exportType, hasOldImages: false, day: null }
    : {
        exportType: summary.exportType,
        hasOldImages: summary.outputView === 'NEW_AND_OLD_IMAGES',
        day: dayOfSpan({ from: summary.exportFromTime, to: summary.exportToTime }),
      };

/** Backfills carry their start date in the key: `…backfill/<YYYY-MM-DD>/…`. */
function startDay(prefix: string): number | null {
  const date = /(?:^|\/)backfill\/(\d{4}-\d{2}-\d{2})(?:\/|$)/.exec(prefix)?.[1];
  return date === undefined ? null : (parseDay(date) ?? null);
}

const isObject = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

/*
 * manifest-files.json, one such object a line:
 *
 *   { "itemCount": 8, "md5Checksum": "sQMSpEILNgoQmarvDFonGQ==", "etag": "af83d6f217c19b8b0fff8023d8ca4716-1",
 *     "dataFileS3Key": "AWSDynamoDB/01234567890123-a1b2c3d4/data/asdl123dasas.json.gz" }
 */
export const dataFileSchema = z.object({ itemCount: count, md5Checksum: text, dataFileS3Key: text });

export type DataFile = z.output<typeof dataFileSchema>;

/**
 * Reads the list of data files.
 * @throws InvalidInput, naming the line
 */
export const parseManifestFiles = (jsonLines: string, name: string): DataFile[] =>
  jsonLines
    .split('\n')
    .map((line, index) => ({ line, name: `${name}, line ${index + 1}` }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, name }) => parseJsonInput(dataFileSchema, line, name));
