import { formatDecimal, readDecimal } from '../../domain/decimal.ts';
import type { AppDay, Tally } from '../../domain/tally.ts';
import type { UtcDay } from '../../domain/utc-day.ts';
import { MAX_USERS_A_LINE, MalformedRows, type PartialRows, parsePartialRows } from '../../schemas/partial-tally.ts';
import { isZlibError, PipelineFault, START_OVER } from '../faults.ts';
import type { UserCounts } from '../ports.ts';
import { readGzipLines } from './json-lines.ts';

/** Every user who did anything. */
export const usersOf = (counts: AppDay): Set<string> => new Set(counts.flatMap(({ users }) => [...users.keys()]));

/** Users of an app on a day with their counts, cut into lines of bounded length. */
export function* toRows(day: UtcDay, app: string, counts: AppDay, users: readonly string[]): Generator<PartialRows> {
  for (let start = 0; start < users.length; start += MAX_USERS_A_LINE) {
    const some = users.slice(start, start + MAX_USERS_A_LINE);
    yield {
      day,
      app,
      users: some,
      counts: counts.map((ofActivity) => some.map((user) => ofActivity.users.get(user) ?? 0)),
    };
  }
}

/** The sums of an app and day, as a line without users; none where there are none. */
export function* toSumRow(day: UtcDay, app: string, counts: AppDay): Generator<PartialRows> {
  if (counts.every(({ sums }) => sums.length === 0)) return;
  const sums = counts.map((ofActivity) => ofActivity.sums.map(formatDecimal));
  yield { day, app, users: [], counts: counts.map(() => []), sums };
}

/**
 * Counts again what {@link toRows} and {@link toSumRow} took from a tally.
 * @param isWanted by activity; all where it is not given
 */
export function addRows(
  tally: Tally,
  { day, app, users, counts, sums = [] }: PartialRows,
  isWanted?: readonly boolean[],
): void {
  for (const [activity, ofActivity] of counts.entries()) {
    if (isWanted?.[activity] === false) continue;
    ofActivity.forEach((times, index) => {
      if (times > 0) tally.add({ day, app, activity, userId: users[index] as string }, times);
    });
  }
  for (const [activity, ofActivity] of sums.entries()) {
    if (ofActivity.length > 0) tally.addSums({ day, app, activity }, ofActivity.map(readDecimal));
  }
}

/** The users of lines, one by one. */
export async function* rowUsers(lines: AsyncIterable<PartialRows>): AsyncGenerator<UserCounts> {
  for await (const { users, counts } of lines) {
    for (const [index, userId] of users.entries()) {
      yield { userId, counts: counts.map((ofActivity) => ofActivity[index] ?? 0) };
    }
  }
}

/**
 * Reads a section line by line. What is wrong with a line is named, but never what it says: those are users.
 * @throws PipelineFault
 */
export async function* readRows(gzipped: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<PartialRows> {
  let line = 0;
  try {
    for await (const text of readGzipLines(gzipped)) {
      line++;
      yield parsePartialRows(text);
    }
  } catch (error) {
    if (!isOfContent(error)) throw error;
    throw new PipelineFault({
      what: 'a partial count cannot be read',
      where: `${name}, line ${line}`,
      expected: 'users and their counts, gzipped, as this version of the code writes them',
      found: error instanceof MalformedRows ? error.message : error.name,
      remedy: START_OVER,
    });
  }
}

const isOfContent = (error: unknown): error is Error => error instanceof MalformedRows || isZlibError(error);
