import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainReader } from '../../src/adapters/dynamodb-json/plain-reader.ts';
import { simdReader } from '../../src/adapters/dynamodb-json/simd-reader.ts';
import { type ExportCounts, recordOutcomes } from '../../src/domain/record-counts.ts';
import { summarize } from '../../src/domain/summary.ts';
import type { RecordReader } from '../../src/pipeline/ports.ts';
import { type Case, cases } from './arbitraries/cases.ts';
import { countLines, nothingCountedYet } from './counting.ts';
import { cellsOf, type ExportReading, readExport } from './reading/export.ts';
import { firstDayOf, type Manifest } from './reading/manifest.ts';

/*
 * The law: under any definition, of any export, a reader, the judge and the tally say what the rules' text says, read as
 * plainly as can be. LAW_RUNS and LAW_SEED in the environment make it longer, and make it the same again.
 */

const runs = Number(process.env.LAW_RUNS ?? 1_000);
const seed = process.env.LAW_SEED;
const timeout = 60_000 + runs * 60;

/**
 * The fast reader does not look into what it passes over: a line that is no JSON only there is one to it. So it is not
 * given those that are no JSON, but for what is cut off.
 */
const isJsonOrCut = (line: Case['lines'][number]): boolean => {
  const text = Buffer.from(line).toString().trimEnd();
  try {
    JSON.parse(text);
    return true;
  } catch {
    return !text.endsWith('}');
  }
};

interface ReaderUnderLaw {
  readonly reader: RecordReader;
  readonly takes: (line: Case['lines'][number]) => boolean;
}

const readers: Readonly<Record<string, ReaderUnderLaw>> = {
  plainReader: { reader: plainReader, takes: () => true },
  simdReader: { reader: simdReader, takes: isJsonOrCut },
};

/** One text for each user of an activity, in an app on a day, and how often it was done. */
type UserRow = string;
const userRow = (...row: readonly [day: number, app: string, activity: string, user: string, times: number]): UserRow =>
  JSON.stringify(row);

function ours({ records, rejects, rules, tally, outside }: ExportCounts) {
  const entries = tally.entries();
  const ids = rules.definition.activities.map(({ id }) => id);
  return {
    records,
    rejects: rejects.map(({ line, reason }) => ({ line, reason })),
    outside: {
      touched: outside.touched,
      early: outside.early,
      older: outside.older,
      late: [...outside.late].sort(byDay),
    },
    cells: inOrder(entries.map(({ day, app, counts }) => ({ day, app, values: summarize(rules, counts) }))),
    users: entries
      .flatMap(({ day, app, counts }) =>
        counts.flatMap(({ users }, activity) =>
          [...users].map(([user, times]) => userRow(day, app, ids[activity] as string, user, times)),
        ),
      )
      .sort(),
  };
}

const theirs = ({ records, rejects, counted, outside }: ExportReading, { table, manifest }: Case) => ({
  records,
  rejects,
  outside: outsideOf(outside, manifest),
  cells: inOrder(cellsOf(counted, table, manifest)),
  users: [
    ...new Set(
      counted.map(({ day, app, activity, user = '' }) => {
        const same = counted.filter(
          (other) =>
            other.day === day && other.app === app && other.activity === activity && (other.user ?? '') === user,
        );
        return userRow(day, app, activity, user, same.length);
      }),
    ),
  ].sort(),
});

const inOrder = <C extends { readonly day: number; readonly app: string }>(cells: readonly C[]): C[] =>
  cells.toSorted((a, b) => a.day - b.day || (a.app < b.app ? -1 : 1));

const byDay = ([a]: readonly [number, number], [b]: readonly [number, number]): number => a - b;

/** Late ones are told by day as far back as point-in-time recovery reaches. */
function outsideOf(outside: ExportReading['outside'], manifest: Manifest) {
  const of = (kind: string) => outside.filter((record) => record.kind === kind);
  const isOld = ({ day }: { readonly day: number }) => day < firstDayOf(manifest) - 35;
  const late = of('late').filter((record) => !isOld(record));
  const times = new Map(late.map(({ day }) => [day, late.filter((record) => record.day === day).length]));
  const older = of('late').filter(isOld).length;
  return { touched: of('touched').length, early: of('early').length, older, late: [...times].sort(byDay) };
}

/** How often what happened in all runs: random records that nearly all come to the same would show little. */
const seen = new Map<string, number>();
const note = (what: string, times: number): void => {
  seen.set(what, (seen.get(what) ?? 0) + times);
};

function noteAll(reading: ExportReading, { table, manifest }: Case): void {
  for (const outcome of recordOutcomes) note(outcome, reading.records[outcome]);
  for (const { reason } of reading.rejects) note(reason.replace(/^.*\./, ''), 1);
  for (const { activity, amounts } of reading.counted) {
    const { on = 'put', at } = table.activities[activity] ?? {};
    note(typeof on === 'string' ? on : 'becomes', 1);
    if (at === undefined) note('undated', 1);
    note(`counted from ${manifest.exportType}`, 1);
    note('amounts', amounts.size);
  }
  for (const { kind } of reading.outside) note(kind, 1);
  note('more than one activity of a record', reading.counted.length - reading.records.counted);
  for (const { values } of cellsOf(reading.counted, table, manifest)) {
    note('values that cannot be told', Object.values(values).filter((value) => value === null).length);
  }
}

describe.each(Object.entries(readers))('%s', (_name, { reader, takes }) => {
  it(
    'counts what the rules say, under any definition, of any export',
    () =>
      fc.assert(
        fc.asyncProperty(cases, async (random) => {
          const one = { ...random, lines: random.lines.filter(takes) };
          const reading = readExport(one.lines, one.table, one.manifest);
          noteAll(reading, one);
          const counts = await countLines(reader, one.lines, one.table, one.manifest);
          expect(ours(counts)).toEqual(theirs(reading, one));
        }),
        { numRuns: runs, ...(seed !== undefined && { seed: Number(seed) }) },
      ),
    timeout,
  );
});

const splits = fc.tuple(cases, fc.array(fc.nat(2), { minLength: 1, maxLength: 24 }), fc.boolean());

it(
  'counts the same, however its lines are split over files, and in whichever order these are counted',
  () =>
    fc.assert(
      fc.asyncProperty(splits, async ([{ lines, table, manifest }, files, backwards]) => {
        const merged = nothingCountedYet(table, manifest);
        for (const file of backwards ? [2, 1, 0] : [0, 1, 2]) {
          const own = lines.filter((_, index) => files[index % files.length] === file);
          merged.merge(structuredClone((await countLines(plainReader, own, table, manifest)).parts));
        }
        const { rejects, ...whole } = ours(await countLines(plainReader, lines, table, manifest));
        const { rejects: fromFiles, ...split } = ours(merged);
        expect(split).toEqual(whole);
        expect(fromFiles.map(({ reason }) => reason).sort()).toEqual(rejects.map(({ reason }) => reason).sort());
      }),
      { numRuns: Math.ceil(runs / 5), ...(seed !== undefined && { seed: Number(seed) }) },
    ),
  timeout,
);

/** How often at least in a thousand runs: a quarter of what is usual, or less, for they come in clusters. */
const enough: Readonly<Record<string, number>> = {
  ...{ counted: 200, ignored: 300, deleted: 150, outsideWindow: 60, malformed: 400 },
  ...{ touched: 5, early: 15, late: 15 },
  ...{ utf8: 8, json: 30, object: 20, missing: 90, type: 90, format: 150, tooLong: 3, reserved: 0 },
  ...{ put: 100, insert: 20, delete: 30, becomes: 15, undated: 40, amounts: 50 },
  ...{ 'counted from FULL_EXPORT': 25, 'counted from INCREMENTAL_EXPORT': 150 },
  ...{ 'more than one activity of a record': 10, 'values that cannot be told': 15 },
};

it.runIf(runs >= 1_000)('has seen everything often enough to mean something', () => {
  for (const [what, times] of Object.entries(enough)) {
    expect((seen.get(what) ?? 0) / runs / Object.keys(readers).length, what).toBeGreaterThan(times / 1_000);
  }
});
