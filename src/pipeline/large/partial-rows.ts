import { type ActivityType, activityTypes } from '../../domain/activity.ts';
import type { AppDay, Tally } from '../../domain/tally.ts';
import type { UtcDay } from '../../domain/utc-day.ts';
import { MAX_USERS_A_LINE, MalformedRows, type PartialRows, parsePartialRows } from '../../schemas/partial-tally.ts';
import { isZlibError, PipelineFault, START_OVER } from '../faults.ts';
import type { UserCounts } from '../ports.ts';
import { readGzipLines } from './json-lines.ts';

/** Every user who did anything. */
export const usersOf = (counts: AppDay): Set<string> =>
  new Set(activityTypes.flatMap((type) => [...counts[type].keys()]));

/** Users of an app on a day with their counts, cut into lines of bounded length. */
export function* toRows(day: UtcDay, app: string, counts: AppDay, users: readonly string[]): Generator<PartialRows> {
  for (let start = 0; start < users.length; start += MAX_USERS_A_LINE) {
    const some = users.slice(start, start + MAX_USERS_A_LINE);
    yield { day, app, users: some, counts: perType((type) => some.map((user) => counts[type].get(user) ?? 0)) };
  }
}

const perType = <V>(value: (type: ActivityType) => V): Record<ActivityType, V> =>
  Object.fromEntries(activityTypes.map((type) => [type, value(type)])) as Record<ActivityType, V>;

/** Counts again what {@link toRows} took from a tally. */
export function addRows(
  tally: Tally,
  { day, app, users, counts }: PartialRows,
  types: readonly ActivityType[] = activityTypes,
): void {
  for (const type of types) {
    counts[type].forEach((times, index) => {
      if (times > 0) tally.add({ day, app, type, userId: users[index] as string }, times);
    });
  }
}

/** The users of lines, one by one. */
export async function* rowUsers(lines: AsyncIterable<PartialRows>): AsyncGenerator<UserCounts> {
  for await (const { users, counts } of lines) {
    for (const [index, userId] of users.entries()) {
      yield { userId, counts: perType((type) => counts[type][index] ?? 0) };
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
