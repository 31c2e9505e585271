import { MAX_POINT_AGE_DAYS } from '../../domain/metric-points.ts';
import { isSameCount, type Provenance } from '../../domain/provenance.ts';
import { type DateText, daysBetween, formatDay, type UtcDay } from '../../domain/utc-day.ts';
import { messageOf, PipelineFault } from '../faults.ts';
import type { AnalyticsStore } from '../ports.ts';
import type { RunContext } from '../run-context.ts';
import type { CountedApp, CountedNumbers, KnownLedger, PublishPorts } from './counted-numbers.ts';
import { type PublishedDay, publishDay } from './publish-day.ts';

/**
 * Publishes an export's numbers day by day: records, metrics, then the ledger's entry that says the day is finished.
 * May be repeated after a crash at any point, and run beside others.
 * @throws UnfinishedRun where not all days could be finished; those that were stay
 */
export async function publishExport(
  ports: PublishPorts,
  numbers: CountedNumbers,
  run: RunContext,
): Promise<PublishedDay[]> {
  const days = daysOf(numbers);
  const ledger = await readKnownLedger(ports.store, days);
  const byDay = groupByDay(numbers.apps);
  const published: PublishedDay[] = [];
  try {
    if (days.length > 0) await ports.store.noteDefinition();
    for (const day of unfinishedFirst(days, ledger, numbers.provenance)) {
      const apps = byDay.get(day) ?? [];
      published.push(await publishDay(ports, { numbers, day, apps }, ledger, run));
    }
  } catch (cause) {
    const done = new Set(published.map(({ date }) => date));
    throw new UnfinishedRun(missingDays(days, done, byDay), published.length, cause);
  }
  return published.sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** The window's days; where it has no beginning, from the first day on which anything was counted. */
function daysOf({ window, apps }: CountedNumbers): UtcDay[] {
  const first = window.from ?? apps.reduce((min, { day }) => Math.min(min, day), Number.POSITIVE_INFINITY);
  return first > window.to ? [] : daysBetween(first, window.to);
}

/** Also of the days before, whose apps get explicit zeros. May lag behind: publishDay notices where that matters. */
async function readKnownLedger(store: AnalyticsStore, days: readonly UtcDay[]): Promise<KnownLedger> {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return new Map();
  const dates = new Map(
    daysBetween(Math.max(0, first - MAX_POINT_AGE_DAYS), last).map((day) => [formatDay(day), day] as const),
  );
  const entries = await store.readLedger([...dates.keys()], { consistent: false });
  return new Map(entries.map((entry) => [dates.get(entry.date) ?? Number.NaN, entry]));
}

/** Work that was never done goes before work that is done again; else the oldest first. */
const unfinishedFirst = (days: readonly UtcDay[], ledger: KnownLedger, provenance: Provenance): UtcDay[] => {
  const isFinished = (day: UtcDay): boolean => isSameCount(ledger.get(day), provenance);
  return [...days.filter((day) => !isFinished(day)), ...days.filter(isFinished)];
};

function groupByDay(apps: readonly CountedApp[]): Map<UtcDay, CountedApp[]> {
  const byDay = new Map<UtcDay, CountedApp[]>();
  for (const counted of apps) {
    const sameDay = byDay.get(counted.day);
    if (sameDay === undefined) byDay.set(counted.day, [counted]);
    else sameDay.push(counted);
  }
  return byDay;
}

export interface MissingDay {
  readonly date: DateText;
  /** How many apps were counted on it. */
  readonly apps: number;
}

const missingDays = (
  days: readonly UtcDay[],
  done: ReadonlySet<DateText>,
  byDay: ReadonlyMap<UtcDay, readonly CountedApp[]>,
): MissingDay[] =>
  days
    .map((day) => ({ date: formatDay(day), apps: byDay.get(day)?.length ?? 0 }))
    .filter(({ date }) => !done.has(date));

const MISSING_DAYS_NAMED = 20;

/** Not all days of an export could be published. What is finished stays; another run does the rest. */
export class UnfinishedRun extends PipelineFault {
  override readonly name = 'UnfinishedRun';

  constructor(
    readonly missing: readonly MissingDay[],
    finished: number,
    cause: unknown,
  ) {
    const named = missing.slice(0, MISSING_DAYS_NAMED).map(({ date, apps }) => `${date} (apps: ${apps})`);
    const more = missing.length > named.length ? ` and ${missing.length - named.length} more` : '';
    super({
      what: `not all days could be published: ${messageOf(cause)}`,
      expected: `${finished + missing.length} days finished`,
      found: `${finished}; missing: ${named.join(', ')}${more}`,
      remedy:
        'run the same manifest again, which goes on with these; if the table is throttled, give it more write capacity or make it on-demand first',
      cause,
    });
  }
}
