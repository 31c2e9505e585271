import pMap from 'p-map';
import { NOBODY } from '../../domain/activity.ts';
import type { CountingRules } from '../../domain/counting-rules.ts';
import type { Definition } from '../../domain/definition.ts';
import { detailBytesOf } from '../../domain/detail-size.ts';
import { shardOf } from '../../domain/shard.ts';
import { summarize } from '../../domain/summary.ts';
import { type AppDay, Tally } from '../../domain/tally.ts';
import { compareText } from '../../domain/text-order.ts';
import type { UtcDay } from '../../domain/utc-day.ts';
import type { DataFile } from '../../schemas/export-manifest.ts';
import type { LargeAggregation } from '../../schemas/large-export.ts';
import { parseJsonInput } from '../../schemas/parse-input.ts';
import { type MergedShard, mergedShard, PARTIAL_VERSION, type PartialHeader } from '../../schemas/partial-tally.ts';
import { readText } from '../count/open-object.ts';
import { PipelineFault, START_OVER } from '../faults.ts';
import type { ByteRange, PartialFiles } from '../ports.ts';
import { GzipLines } from './json-lines.ts';
import { addRows, readRows, toRows, usersOf } from './partial-rows.ts';
import { openPartial, partialKey, readPartialHeader } from './partial-tally.ts';

/** How many partials are read at a time: each takes a line and the buffers of a stream. */
const PARTIALS_AT_A_TIME = 16;

/**
 * The second step, for one shard: adds up its section of every data file's partial. Takes memory for the users of the
 * shard, each once for every app and day, and for what it writes.
 * May be repeated.
 * @throws MissingPartial where a partial is not there, or no longer
 */
export async function mergeShard(
  { partials, rules }: { readonly partials: PartialFiles; readonly rules: CountingRules },
  aggregation: LargeAggregation,
  shard: number,
  dataFiles: readonly DataFile[],
): Promise<void> {
  const tally = new Tally(rules.definition);
  const add = (file: string) => addSection({ partials, rules }, aggregation, { shard, file }, tally);
  await pMap(dataFiles, ({ dataFileS3Key }) => add(dataFileS3Key), {
    concurrency: PARTIALS_AT_A_TIME,
  });
  await writeMerged({ partials, rules }, aggregation, shard, tally);
}

async function addSection(
  { partials, rules }: { readonly partials: PartialFiles; readonly rules: CountingRules },
  { partialsPrefix, shards }: LargeAggregation,
  { shard, file }: { readonly shard: number; readonly file: string },
  tally: Tally,
): Promise<void> {
  const header = await readPartialHeader(partials, partialsPrefix, file);
  const key = `${partialKey(partialsPrefix, file)}.jsonl.gz`;
  const name = `${partials.bucket}/${key}, shard ${shard}`;
  requireSame(name, 'data file and shards', `${file}, ${shards}`, `${header.file}, ${header.sectionBytes.length}`);
  requireSame(name, 'definition', rules.definition.hash, header.definition);
  const range = sectionOf(header, shard);
  if (range.from === range.to) return;
  for await (const rows of readRows(await openPartial(partials, key, range), name)) {
    // Exactness rests on every user being in one shard: so a section of another shard must not go unnoticed.
    requireSame(name, 'shard of its users', shard, shardOf(rows.day, rows.app, rows.users[0] ?? NOBODY, shards));
    addRows(tally, rows);
  }
}

function sectionOf({ sectionBytes }: PartialHeader, shard: number): ByteRange {
  const from = sectionBytes.slice(0, shard).reduce((sum, bytes) => sum + bytes, 0);
  return { from, to: from + (sectionBytes[shard] ?? 0) };
}

function requireSame(where: string, what: string, expected: string | number, found: string | number): void {
  if (expected === found) return;
  throw new PipelineFault({
    what: `a partial count is not the one that was looked for: ${what}`,
    where,
    expected: `${expected}`,
    found: `${found}`,
    remedy: START_OVER,
  });
}

/** Where a merged shard is kept, without the ending. */
export const mergedKey = (prefix: string, shard: number): string => `${prefix}shards/${shard}`;

async function writeMerged(
  { partials, rules }: { readonly partials: PartialFiles; readonly rules: CountingRules },
  { partialsPrefix, shards }: LargeAggregation,
  shard: number,
  tally: Tally,
): Promise<void> {
  const key = mergedKey(partialsPrefix, shard);
  const sections: Uint8Array[] = [];
  const entries = tally.entries().map(({ day, app, counts }) => {
    const { members, bytes } = toSection(day, app, counts);
    sections.push(...members);
    const detailBytes = detailBytesOf(rules.definition, counts);
    return { day, app, summary: summarize(rules, counts), detailBytes, sectionBytes: bytes };
  });
  await partials.put(`${key}.jsonl.gz`, sections);
  await partials.put(`${key}.json`, [
    Buffer.from(
      JSON.stringify({ version: PARTIAL_VERSION, definition: rules.definition.hash, shard, shards, entries }),
    ),
  ]);
}

function toSection(day: UtcDay, app: string, counts: AppDay) {
  const lines = new GzipLines();
  const users = [...usersOf(counts)].sort(compareText);
  for (const rows of toRows(day, app, counts, users)) lines.push(JSON.stringify(rows));
  return lines.end();
}

/** @throws MissingPartial, InvalidInput, PipelineFault where it is of another aggregation */
export async function readMergedShard(
  { partials, definition }: { readonly partials: PartialFiles; readonly definition: Definition },
  { partialsPrefix, shards }: LargeAggregation,
  shard: number,
): Promise<MergedShard> {
  const key = `${mergedKey(partialsPrefix, shard)}.json`;
  const name = `${partials.bucket}/${key}`;
  const merged = parseJsonInput(mergedShard, await readText(await openPartial(partials, key)), name);
  requireSame(name, 'definition', definition.hash, merged.definition);
  requireSame(name, 'shard', `${shard} of ${shards}`, `${merged.shard} of ${merged.shards}`);
  return merged;
}
