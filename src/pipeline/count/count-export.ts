import { createHash } from 'node:crypto';
import pMap from 'p-map';
import { rulesFor } from '../../domain/counting-rules.ts';
import type { Definition } from '../../domain/definition.ts';
import { intersect } from '../../domain/export-window.ts';
import { ExportCounts } from '../../domain/record-counts.ts';
import type { UtcDay } from '../../domain/utc-day.ts';
import {
  type DataFile,
  type ManifestSummary,
  parseManifestFiles,
  parseManifestSummary,
} from '../../schemas/export-manifest.ts';
import { ExportFault } from '../faults.ts';
import type { ExportFiles, RecordReader } from '../ports.ts';
import { countDataFile } from './count-data-file.ts';
import { openNamed, readText } from './open-object.ts';

/** Where an export is read from, and how. */
export interface ExportSource {
  readonly files: ExportFiles;
  readonly reader: RecordReader;
  /** What is counted. */
  readonly definition: Definition;
  /** How many data files are read at a time; each takes the reader's buffers. */
  readonly concurrency: number;
}

export interface CountOptions {
  /** Narrow the export's own window: days, both inclusive. */
  readonly from?: UtcDay | undefined;
  readonly to?: UtcDay | undefined;
  /** Called after each data file. */
  readonly onFile?: ((progress: CountProgress) => void) | undefined;
}

export interface CountProgress {
  readonly filesRead: number;
  readonly files: number;
  readonly records: number;
  readonly items: number;
}

/** What a whole export holds, verified against its manifest. */
export interface CountedExport {
  readonly summary: ManifestSummary;
  readonly manifest: { readonly bucket: string; readonly key: string; readonly md5: string };
  readonly counts: ExportCounts;
  readonly bytesRead: number;
  readonly slowPathRecords: number;
}

/** A manifest and the data files that it names. */
export interface OpenedExport {
  readonly summary: ManifestSummary;
  readonly manifest: { readonly bucket: string; readonly key: string; readonly md5: string };
  /** Where the list of data files really is. */
  readonly manifestFilesKey: string;
  readonly dataFiles: readonly DataFile[];
}

/**
 * Reads an export's manifests.
 * @throws MissingObject, InvalidInput
 */
export async function openExport(files: ExportFiles, manifestKey: string): Promise<OpenedExport> {
  const { summary, manifest } = await readSummary(files, manifestKey);
  const { key: manifestFilesKey, chunks } = await openNamed(files, summary.manifestFilesKey, manifestKey);
  const list = await readText(chunks);
  const dataFiles = parseManifestFiles(list, `${files.bucket}/${summary.manifestFilesKey}`);
  requireOnce(dataFiles, `${files.bucket}/${summary.manifestFilesKey}`);
  return { summary, manifest, manifestFilesKey, dataFiles };
}

/** @throws ExportFault where a data file is named twice: its records would count twice */
function requireOnce(dataFiles: readonly DataFile[], where: string): void {
  const keys = new Set<string>();
  for (const { dataFileS3Key: key } of dataFiles) {
    if (keys.has(key)) {
      throw new ExportFault({
        what: 'the list of data files is not right',
        where,
        expected: 'each data file once',
        found: `${key} twice`,
        remedy: 'copy the export again, or export again',
      });
    }
    keys.add(key);
  }
}

/**
 * Reads an export's summary alone.
 * @throws MissingObject, InvalidInput
 */
export async function readSummary(
  files: ExportFiles,
  manifestKey: string,
): Promise<Pick<OpenedExport, 'summary' | 'manifest'>> {
  const json = await readText(await files.stream(manifestKey));
  const summary = parseManifestSummary(json, `${files.bucket}/${manifestKey}`, manifestKey);
  requireOwnList(summary, files.bucket, manifestKey);
  const md5 = createHash('md5').update(json).digest('base64');
  return { summary, manifest: { bucket: files.bucket, key: manifestKey, md5 } };
}

/**
 * Counts an export: every record of every data file, or a fault; never a part.
 * @throws MissingObject, InvalidInput, ExportFault
 */
export async function countExport(
  source: ExportSource,
  manifestKey: string,
  options: CountOptions = {},
): Promise<CountedExport> {
  const { summary, manifest, dataFiles } = await openExport(source.files, manifestKey);
  const counts = new ExportCounts(rulesFor(source.definition, summary.scope), intersect(summary.window, options));
  const progress = { filesRead: 0, bytesRead: 0, slowPathRecords: 0 };
  await pMap(
    dataFiles,
    async (file) => {
      const digest = await countDataFile(source, file, manifestKey, counts);
      progress.filesRead++;
      progress.bytesRead += digest.compressedBytes;
      progress.slowPathRecords += digest.slowPathRecords;
      options.onFile?.({
        filesRead: progress.filesRead,
        files: dataFiles.length,
        records: counts.records.read,
        items: summary.itemCount,
      });
    },
    { concurrency: source.concurrency },
  );
  verifyTotal(manifest, summary, counts.records.read);
  return { summary, manifest, counts, bytesRead: progress.bytesRead, slowPathRecords: progress.slowPathRecords };
}

/** @throws ExportFault where the list of data files is that of another export: neither by its id nor beside the manifest */
function requireOwnList(
  { origin: { exportId }, manifestFilesKey }: ManifestSummary,
  bucket: string,
  key: string,
): void {
  const folder = folderOf(manifestFilesKey);
  if (folder === exportId || folder === folderOf(key)) return;
  throw new ExportFault({
    what: 'the manifest names the data files of another export',
    where: `${bucket}/${key}`,
    expected: `manifestFilesS3Key in a folder ${exportId}`,
    found: manifestFilesKey,
    remedy: 'copy the export again, or export again',
  });
}

/** The name of the folder that an object lies in. */
const folderOf = (key: string): string | undefined => key.split('/').at(-2);

/** @throws ExportFault where the files together do not hold what the summary promises */
export function verifyTotal(
  manifest: { readonly bucket: string; readonly key: string },
  summary: ManifestSummary,
  read: number,
): void {
  if (read === summary.itemCount) return;
  throw new ExportFault({
    what: 'the data files together do not hold as many records as the manifest says',
    where: `${manifest.bucket}/${manifest.key}`,
    expected: `itemCount ${summary.itemCount}`,
    found: `${read}`,
    remedy: 'the export is not whole: download it again, or export again',
  });
}
