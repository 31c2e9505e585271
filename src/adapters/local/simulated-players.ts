import { MILLIS_PER_DAY, midnightOf, type UtcDay } from '../../domain/utc-day.ts';
import type { SeededRandom } from './seeded-random.ts';
import { type Client, type SimulatedApp, simulatedApps } from './simulated-items.ts';

/** One player and their habits. */
export interface Player {
  readonly id: string;
  readonly client: Client;
  readonly favourite: SimulatedApp;
  /** Chance to play on a weekday. */
  readonly eagerness: number;
  /** The hour (UTC) at which they mostly play. */
  readonly hour: number;
  lapsed: boolean;
}

/** Sudoku is played by half, chess by a third. */
const appShares: readonly SimulatedApp[] = ['sudoku', 'sudoku', 'sudoku', 'chess', 'chess', 'crosswords'];

/** Most clients are up to date and write milliseconds. */
const clients: readonly Client[] = [
  ...Array.from({ length: 17 }, (): Client => ({ platform: 'ios', version: '5.2.1', timeForm: 'millis' })),
  { platform: 'android', version: '4.9.0', timeForm: 'seconds' },
  { platform: 'android', version: '4.8.3', timeForm: 'seconds' },
  { platform: 'web', version: '3.0.0', timeForm: 'text' },
];

/** Lunch and evening. */
const hours = [6, 8, 12, 12, 13, 17, 18, 18, 19, 19, 19, 20, 20, 20, 21, 21, 22, 23] as const;

export const newPlayer = (random: SeededRandom): Player => ({
  id: random.id(12),
  client: random.pick(clients),
  favourite: random.pick(appShares),
  eagerness: 0.08 + 0.7 * random.next() * random.next(),
  hour: random.pick(hours),
  lapsed: false,
});

/** 1970-01-01 was a Thursday. */
export const isWeekend = (day: UtcDay): boolean => [2, 3].includes(day % 7);

/** Chances of a day: to stop for good (nearly), to come back, and how much more a weekend is worth. */
const LAPSE = 0.012;
const RETURN = 0.008;
const WEEKEND = 1.5;

/** Whether a player plays on a day; changes their habits as time does. */
export function plays(random: SeededRandom, player: Player, day: UtcDay): boolean {
  if (player.lapsed) {
    player.lapsed = !random.chance(RETURN);
    return !player.lapsed;
  }
  const played = random.chance(Math.min(0.95, player.eagerness * (isWeekend(day) ? WEEKEND : 1)));
  if (random.chance(LAPSE)) player.lapsed = true;
  return played;
}

/** Which game: mostly the favourite, at times another. */
export const chooseApp = (random: SeededRandom, player: Player): SimulatedApp =>
  random.chance(0.85) ? player.favourite : random.pick(simulatedApps);

/** When on a day somebody begins, near their hour: epoch milliseconds, on that day. */
export function startTime(random: SeededRandom, { hour }: Pick<Player, 'hour'>, day: UtcDay): number {
  const offset = (hour + 3 * (random.next() - random.next())) * 3_600_000;
  return midnightOf(day) + Math.floor(Math.min(Math.max(offset, 0), MILLIS_PER_DAY - 1));
}
