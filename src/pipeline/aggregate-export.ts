import { toDetail } from '../domain/analytics-record.ts';
import { detailBytesOf } from '../domain/detail-size.ts';
import { doubtsOf } from '../domain/doubts.ts';
import type { ExportCounts } from '../domain/record-counts.ts';
import type { OutsideRecords } from '../domain/run-ledger.ts';
import { summarize } from '../domain/summary.ts';
import { dayOfMillis, formatDay } from '../domain/utc-day.ts';
import { type CountedExport, countExport, type ExportSource } from './count/count-export.ts';
import type { OperationsPublisher } from './ports.ts';
import type { CountedNumbers, PublishPorts } from './publish/counted-numbers.ts';
import type { PublishedDay } from './publish/publish-day.ts';
import { publishExport } from './publish/publish-export.ts';
import type { RunContext } from './run-context.ts';

/*
 * READ THIS FIRST. This is what Daytally does, in two steps:
 *
 * 1. Count the export: every record of every data file, verified against the manifest, or nothing at all
 *    (count-export.ts; what counts as what is said by schemas/export-record.ts and domain/tally.ts).
 * 2. Publish the numbers day by day: records and metrics, then the note that the day is finished
 *    (publish-export.ts; how that stays right beside other runs and after crashes is said by publish-day.ts).
 *
 * Everything that it needs of the world comes through ports.ts: S3 or a directory, DynamoDB on AWS or on this machine.
 */

export interface AggregationPorts extends ExportSource, PublishPorts {
  readonly operations: OperationsPublisher;
}

/** What became of an export; returned by the function, and so to be seen where it was invoked by hand. */
export interface AggregatedExport {
  readonly exportId: string;
  /** The hash of the definition by which it was counted. */
  readonly definition: string;
  readonly records: CountedNumbers['records'];
  readonly rejectsByReason: CountedNumbers['rejectsByReason'];
  readonly outside: CountedNumbers['outside'];
  readonly days: readonly PublishedDay[];
}

/**
 * Counts the export that a manifest describes and publishes its numbers. May be repeated at any time.
 * @throws MissingObject, InvalidInput, ExportFault: nothing was published
 * @throws UnfinishedRun some days were, and the others are named
 */
export async function aggregateExport(
  ports: AggregationPorts,
  manifestKey: string,
  run: RunContext,
): Promise<AggregatedExport> {
  const counted = await countExport(ports, manifestKey);
  const { rules, tally } = counted.counts;
  const apps = tally.entries().map(({ day, app, counts }) => {
    const summary = summarize(rules, counts);
    const detailBytes = detailBytesOf(rules.definition, counts);
    return { day, app, summary, detailBytes, detail: () => toDetail(rules.definition, counts, summary) };
  });
  return await publishCounted(ports, { ...counted, apps }, run);
}

/** An export that was counted as a whole, however it was done. */
export type CountedWithApps = CountedExport & Pick<CountedNumbers, 'apps'>;

/** The second step of {@link aggregateExport}. */
export async function publishCounted(
  ports: PublishPorts & { readonly operations: OperationsPublisher },
  counted: CountedWithApps,
  run: RunContext,
): Promise<AggregatedExport> {
  logCounted(counted, run);
  const numbers = toNumbers(counted);
  const days = await publishExport(ports, numbers, run);
  logPublished(days, run);
  await ports.operations.tell({
    runSucceeded: 1,
    recordsRead: numbers.records.read,
    recordsMalformed: numbers.records.malformed,
    runDurationMillis: millisSinceStart(run),
    appsNotPublished: days.reduce((most, day) => Math.max(most, day.appsNotPublished), 0),
    bytesRead: numbers.bytesRead,
    ...(leavesYesterdayExact(numbers, days, run) ? { yesterdayExact: 1 } : {}),
  });
  const { records, rejectsByReason, outside } = numbers;
  const { exportId, definition } = numbers.provenance;
  return { exportId, definition, records, rejectsByReason, outside, days };
}

/** Where a better export's numbers were left alone on a day, they are exact as well. */
function leavesYesterdayExact({ provenance }: CountedNumbers, days: readonly PublishedDay[], run: RunContext): boolean {
  const yesterday = formatDay(dayOfMillis(run.now().getTime()) - 1);
  return provenance.quality === 'exact' && days.some(({ date }) => date === yesterday);
}

function toNumbers({ summary, manifest, counts, bytesRead, apps }: CountedWithApps): CountedNumbers {
  const { origin, completedAt } = summary;
  const { rules } = counts;
  return {
    rules,
    provenance: { ...origin, definition: rules.definition.hash },
    completedAt,
    window: counts.window,
    manifest,
    records: counts.records,
    outside: outsideOf(counts),
    rejectsByReason: Object.fromEntries(counts.rejectsByReason),
    bytesRead,
    apps,
  };
}

const outsideOf = ({ rules, outside }: ExportCounts): OutsideRecords | null =>
  rules.hasOldImages
    ? {
        touched: outside.touched,
        early: outside.early,
        older: outside.older,
        late: Object.fromEntries([...outside.late].sort(([a], [b]) => a - b).map(([day, n]) => [formatDay(day), n])),
      }
    : null;

function logCounted({ summary, counts, bytesRead, slowPathRecords }: CountedExport, run: RunContext): void {
  run.log.step('counted', {
    exportId: summary.origin.exportId,
    definition: counts.rules.definition.hash,
    records: counts.records,
    outside: outsideOf(counts),
    rejectsByReason: Object.fromEntries(counts.rejectsByReason),
    firstRejects: counts.rejects.slice(0, REJECTS_LOGGED),
    bytesRead,
    slowPathRecords,
    millis: millisSinceStart(run),
  });
  const doubts = doubtsOf(counts.records, counts.late);
  if (doubts.length > 0) run.log.doubt('the numbers are doubtful', { doubts });
}

const REJECTS_LOGGED = 10;

function logPublished(days: readonly PublishedDay[], run: RunContext): void {
  const sum = (figure: 'records' | 'points' | 'notPublished' | 'appsNotPublished') =>
    days.reduce((total, day) => total + day[figure], 0);
  const withOutcome = (outcome: PublishedDay['outcome']) => days.filter((day) => day.outcome === outcome).length;
  run.log.step('published', {
    days: { written: withOutcome('written'), done: withOutcome('done'), outranked: withOutcome('outranked') },
    recordsWritten: sum('records'),
    pointsPublished: sum('points'),
    pointsNotPublished: sum('notPublished'),
    appsNotPublished: sum('appsNotPublished'),
    millis: millisSinceStart(run),
  });
}

const millisSinceStart = (run: RunContext): number => run.now().getTime() - run.startedAt.getTime();
