import { createHash } from 'node:crypto';
import { NOBODY } from '../../domain/activity.ts';
import type { ExportCounts, RecordTotals } from '../../domain/record-counts.ts';
import { shardOf } from '../../domain/shard.ts';
import type { Tally } from '../../domain/tally.ts';
import { parseJsonInput } from '../../schemas/parse-input.ts';
import { PARTIAL_VERSION, type PartialHeader, partialHeader } from '../../schemas/partial-tally.ts';
import { readText } from '../count/open-object.ts';
import { MissingObject, MissingPartial } from '../faults.ts';
import type { ByteRange, DataFileDigest, PartialFiles } from '../ports.ts';
import { GzipLines } from './json-lines.ts';
import { toRows, toSumRow, usersOf } from './partial-rows.ts';

/*
 * The partial of a data file is all that was counted of it, as two objects: the users' counts in K sections, one behind
 * the other, and a header that says how long each section is. One object for all shards, not one each: at 40,000 data
 * files and 559 shards that is 80,000 writes instead of 22 million, and a merge reads its section as a range.
 *
 * Its key follows from the data file's: a repetition writes the very same bytes in its place and can add nothing twice.
 * The header is written last, so where it stands, the sections do too.
 */

/** A partial, ready to be written. */
export interface EncodedPartial {
  readonly header: string;
  readonly sections: readonly Uint8Array[];
}

/** Encodes what was counted of a data file. Takes about as much memory again as the counts. */
export function encodePartial(
  file: string,
  { counts, digest }: { readonly counts: ExportCounts; readonly digest: DataFileDigest },
  shards: number,
): EncodedPartial {
  const sections = toSections(counts.tally, shards).map((lines) => lines.end());
  const { compressedBytes, bytes, slowPathRecords } = digest;
  const header = {
    version: PARTIAL_VERSION,
    definition: counts.rules.definition.hash,
    file,
    sectionBytes: sections.map((section) => section.bytes),
    ...totalsOf(counts.totals),
    compressedBytes,
    bytes,
    slowPathRecords,
  };
  return { header: JSON.stringify(header), sections: sections.flatMap(({ members }) => members) };
}

const totalsOf = ({ records, outside, rejectsByReason, rejects }: RecordTotals) => ({
  records,
  outside: { ...outside, late: [...outside.late] },
  rejectsByReason: Object.fromEntries(rejectsByReason),
  rejects: rejects.map(({ line, reason }) => ({ line, reason })),
});

function toSections(tally: Tally, shards: number): GzipLines[] {
  const sections = Array.from({ length: shards }, () => new GzipLines());
  for (const { day, app, counts } of tally.entries()) {
    const users = sections.map((): string[] => []);
    for (const user of usersOf(counts)) users[shardOf(day, app, user, shards)]?.push(user);
    sections.forEach((section, shard) => {
      for (const rows of toRows(day, app, counts, users[shard] ?? [])) section.push(JSON.stringify(rows));
    });
    const ofSums = sections[shardOf(day, app, NOBODY, shards)];
    for (const row of toSumRow(day, app, counts)) ofSums?.push(JSON.stringify(row));
  }
  return sections;
}

/** Where the partial of a data file is kept, without the ending. The hash also spreads the keys over S3's partitions. */
export const partialKey = (prefix: string, file: string): string =>
  `${prefix}files/${createHash('sha256').update(file).digest('hex').slice(0, 32)}`;

export async function writePartial(
  partials: PartialFiles,
  prefix: string,
  file: string,
  { header, sections }: EncodedPartial,
): Promise<void> {
  const key = partialKey(prefix, file);
  await partials.put(`${key}.jsonl.gz`, sections);
  await partials.put(`${key}.json`, [Buffer.from(header)]);
}

/** @throws MissingPartial */
export const openPartial = (
  partials: PartialFiles,
  key: string,
  range?: ByteRange,
): Promise<AsyncIterable<Uint8Array>> =>
  partials.stream(key, range).catch((error: unknown) => {
    throw error instanceof MissingObject ? new MissingPartial(partials.bucket, key, error) : error;
  });

/** @throws MissingPartial, InvalidInput where it is of another version */
export async function readPartialHeader(partials: PartialFiles, prefix: string, file: string): Promise<PartialHeader> {
  const key = `${partialKey(prefix, file)}.json`;
  const header = await readText(await openPartial(partials, key));
  return parseJsonInput(partialHeader, header, `${partials.bucket}/${key}`);
}
