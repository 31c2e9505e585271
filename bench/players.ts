import type { SeededRandom } from '../test/support/seeded-random.ts';

/** Who does something, and when. Some do more than others, on some days in a row. */
export interface Player {
  readonly user: number;
  readonly userId: string;
  readonly seconds: number;
}

export function anyPlayer(random: SeededRandom): Player {
  const user = Math.floor(random.next() * random.next() * 4000);
  const userId = `${(user * 2_654_435_761).toString(16).padStart(12, '0')}-9f1c`;
  return { user, userId, seconds: 1_732_233_600 + (user % 27) * 86_400 + random.below(3 * 86_400) };
}

export const hex = (random: SeededRandom, length: number): string =>
  Array.from({ length }, () => random.below(16).toString(16)).join('');
