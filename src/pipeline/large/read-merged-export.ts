import pMap from 'p-map';
import { type Detail, type ExternalDetail, toDetail } from '../../domain/analytics-record.ts';
import { type CountingRules, rulesFor } from '../../domain/counting-rules.ts';
import type { Definition } from '../../domain/definition.ts';
import { exceedsItem, keptActivities } from '../../domain/detail-size.ts';
import { ExportCounts } from '../../domain/record-counts.ts';
import { addSummaries, type Summary, zeroSummary } from '../../domain/summary.ts';
import { nothingCounted, Tally } from '../../domain/tally.ts';
import { byKey, compareText } from '../../domain/text-order.ts';
import { formatDay, type UtcDay } from '../../domain/utc-day.ts';
import type { LargeAggregation } from '../../schemas/large-export.ts';
import type { CountedWithApps } from '../aggregate-export.ts';
import { openExport, verifyTotal } from '../count/count-export.ts';
import type { ByteRange, DetailWriter, ExportFiles, PartialFiles, UserCounts } from '../ports.ts';
import type { CountedApp } from '../publish/counted-numbers.ts';
import { mergedKey, readMergedShard } from './merge-shard.ts';
import { addRows, readRows, rowUsers } from './partial-rows.ts';
import { openPartial, readPartialHeader } from './partial-tally.ts';
import { mergeSorted } from './sorted-merge.ts';

export interface MergedPorts {
  readonly files: ExportFiles;
  readonly partials: PartialFiles;
  readonly details: DetailWriter;
  readonly definition: Definition;
}

/** How many small objects are read at a time. */
const HEADERS_AT_A_TIME = 32;

/**
 * The third step, before publishing: what the mapped files and merged shards come to, verified against the manifest as a whole.
 * Its users stay where they are until a record of theirs is written: the tally is empty.
 * Takes memory for each app and day of each shard, some 100 bytes, but for no users.
 * @throws MissingPartial where a partial is not there, or no longer
 * @throws ExportFault where the files together do not hold what the manifest promises
 */
export async function readMergedExport(ports: MergedPorts, aggregation: LargeAggregation): Promise<CountedWithApps> {
  const { summary, manifest, dataFiles } = await openExport(ports.files, aggregation.manifestKey);
  const rules = rulesFor(ports.definition, summary.scope);
  const counts = new ExportCounts(rules, summary.window);
  const sums = { bytesRead: 0, slowPathRecords: 0 };
  await pMap(
    dataFiles,
    async ({ dataFileS3Key }) => {
      const header = await readPartialHeader(ports.partials, aggregation.partialsPrefix, dataFileS3Key);
      counts.addTotals(header);
      sums.bytesRead += header.compressedBytes;
      sums.slowPathRecords += header.slowPathRecords;
    },
    { concurrency: HEADERS_AT_A_TIME },
  );
  verifyTotal(manifest, summary, counts.records.read);
  const apps = await readApps(ports, aggregation, { rules, exportId: summary.origin.exportId });
  return { summary, manifest, counts, ...sums, apps };
}

/** Some users of an app on a day: those of one shard. */
interface UserSection {
  readonly shard: number;
  readonly range: ByteRange;
}

interface SumOfShards {
  readonly day: UtcDay;
  readonly app: string;
  summary: Summary;
  detailBytes: number;
  readonly sections: UserSection[];
}

interface ReadExport {
  readonly rules: CountingRules;
  readonly exportId: string;
}

async function readApps(ports: MergedPorts, aggregation: LargeAggregation, read: ReadExport): Promise<CountedApp[]> {
  const nothing = zeroSummary(read.rules);
  const sums = new Map<UtcDay, Map<string, SumOfShards>>();
  for (let shard = 0; shard < aggregation.shards; shard++) {
    const { entries } = await readMergedShard(ports, aggregation, shard);
    let from = 0;
    for (const { day, app, summary, detailBytes, sectionBytes } of entries) {
      const apps = sums.get(day) ?? new Map<string, SumOfShards>();
      const sum: SumOfShards = apps.get(app) ?? { day, app, summary: nothing, detailBytes: 0, sections: [] };
      sums.set(day, apps.set(app, sum));
      sum.summary = addSummaries(ports.definition, sum.summary, summary);
      sum.detailBytes += detailBytes;
      // A shard may hold what is added up and no users.
      if (sectionBytes > 0) sum.sections.push({ shard, range: { from, to: from + sectionBytes } });
      from += sectionBytes;
    }
  }
  return [...sums]
    .sort(([a], [b]) => a - b)
    .flatMap(([, apps]) => [...apps].sort(byKey))
    .map(([, sum]) => ({ ...sum, detail: (isInline) => readDetail(ports, aggregation, read, { ...sum, isInline }) }));
}

async function readDetail(
  { partials, details }: MergedPorts,
  { partialsPrefix }: LargeAggregation,
  { rules, exportId }: ReadExport,
  { day, app, summary, detailBytes, sections, isInline }: SumOfShards & { readonly isInline: boolean },
): Promise<Detail | ExternalDetail> {
  const rowsOf = async ({ shard, range }: UserSection) => {
    const key = `${mergedKey(partialsPrefix, shard)}.jsonl.gz`;
    return readRows(await openPartial(partials, key, range), `${partials.bucket}/${key}`);
  };
  if (!isInline || exceedsItem(detailBytes)) {
    const sources = await pMap(sections, async (section) => rowUsers(await rowsOf(section)));
    return await details.write({ date: formatDay(day), app, exportId }, mergeSorted(sources, byUser));
  }
  // Without the users of whom no count is kept: of those there may be any number.
  const { definition } = rules;
  const tally = new Tally(definition);
  const kept = keptActivities(definition);
  for (const section of sections) for await (const rows of await rowsOf(section)) addRows(tally, rows, kept);
  return toDetail(definition, tally.entries()[0]?.counts ?? nothingCounted(definition), summary);
}

const byUser = (a: UserCounts, b: UserCounts): number => compareText(a.userId, b.userId);
