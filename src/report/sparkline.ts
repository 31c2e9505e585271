const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Stands for days without a number. */
const GAP = '·';

/**
 * A line of at most `width` characters from zero to the highest value. Where there are more values than characters,
 * each character is the mean of as many neighbouring days; days without a number are left out of it.
 */
export function sparkline(values: readonly (number | null)[], width: number): string {
  const means = buckets(values, width).map(mean);
  const highest = Math.max(0, ...means.filter((value) => value !== null));
  return means.map((value) => (value === null ? GAP : level(value, highest))).join('');
}

/** How many days one character of a sparkline stands for. */
export const daysPerCharacter = (days: number, width: number): number => Math.max(1, Math.ceil(days / width));

function buckets<T>(values: readonly T[], width: number): T[][] {
  const size = daysPerCharacter(values.length, width);
  // From the end, so that the last character is always a full bucket.
  const first = values.length % size;
  const whole = Array.from({ length: Math.floor(values.length / size) }, (_, index) =>
    values.slice(first + index * size, first + (index + 1) * size),
  );
  return first === 0 ? whole : [values.slice(0, first), ...whole];
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

const level = (value: number, highest: number): string =>
  levels[highest === 0 ? 0 : Math.round((value / highest) * (levels.length - 1))] ?? levels[0];
