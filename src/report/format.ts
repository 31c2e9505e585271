import type { MetricValue } from '../domain/summary.ts';
import { type DateText, midnightOf, parseDay } from '../domain/utc-day.ts';
import type { Change } from './comparison.ts';

/* How numbers and dates read, the same in every form of report and on every machine: English, UTC. */

const whole = new Intl.NumberFormat('en-GB');
const small = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2 });
const short = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });
// Names by hand: how Intl shortens September differs between versions of Node.
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12,345` */
export const formatNumber = (value: number): string => whole.format(value);

/** A stored number: a sum with all its digits, `–` for what cannot be told. */
export const formatValue = (value: MetricValue): string =>
  value === null ? '–' : typeof value === 'string' ? value : formatNumber(value);

/** Beyond it there are no words for powers of a thousand. */
const LARGEST_NAMED = 1e15;

/** `12.3k`, for axes; `0.05`, `1.2e+20` where numbers are of another size. */
export function formatShort(value: number): string {
  const size = Math.abs(value);
  if (size >= LARGEST_NAMED || (size > 0 && size < 0.001)) return value.toExponential(1);
  return (size < 1 ? small : short).format(value).replace('K', 'k');
}

/** As `format` writes it, or shortened where that has more characters than there is room for. */
export function formatWithin(value: number, characters: number, format = formatNumber): string {
  const whole = format(value);
  return whole.length > characters ? formatShort(value) : whole;
}

/** `Nov 2026` */
export const formatMonth = (date: DateText): string => `${months[instantOf(date).getUTCMonth()]} ${date.slice(0, 4)}`;

/** `Saturday` */
export const formatWeekday = (date: DateText): string => weekdays[instantOf(date).getUTCDay()] ?? '';

/** `21 Nov` */
export function formatDayOfMonth(date: DateText): string {
  const instant = instantOf(date);
  return `${instant.getUTCDate()} ${months[instant.getUTCMonth()]}`;
}

/** `Sat 21 Nov` */
export const formatDayShort = (date: DateText): string =>
  `${formatWeekday(date).slice(0, 3)} ${formatDayOfMonth(date)}`;

/** `Sat 21 Nov 2026` */
export const formatDayLong = (date: DateText): string => `${formatDayShort(date)} ${date.slice(0, 4)}`;

/** `21 Nov 2026, 02:14 UTC` from ISO 8601. */
export const formatMoment = (iso: string): string =>
  `${formatDayOfMonth(iso.slice(0, 10))} ${iso.slice(0, 4)}, ${iso.slice(11, 16)} UTC`;

/** A mean as exactly as it is worth: `3.3`, `28`. */
export const formatMean = (value: number): string =>
  formatNumber(Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value));

const MAX_PERCENT = 999;

/** `+12 %`, `−3 %`, `±0 %`, long ones cut to `>999 %`; where parts say nothing the difference: `+15`. */
export function formatChange({ difference, share }: Change): string {
  if (share === null) return signed(difference, formatMean(Math.abs(difference)));
  const percent = Math.round(share * 100);
  return percent > MAX_PERCENT ? `>${MAX_PERCENT} %` : `${signed(percent, formatNumber(Math.abs(percent)))} %`;
}

const signed = (value: number, size: string): string => `${size === '0' ? '±' : value > 0 ? '+' : '−'}${size}`;

/** `850 ms`, `12.3 s`, `4 min 10 s` */
export function formatDuration(millis: number): string {
  if (millis < 1000) return `${millis} ms`;
  if (millis < 60_000) return `${(millis / 1000).toFixed(1)} s`;
  return `${Math.floor(millis / 60_000)} min ${Math.round((millis % 60_000) / 1000)} s`;
}

/** `1.2 MB`, in powers of 1000. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${units[power]}`;
}

/** `1 night`, `2 nights` */
export const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${formatNumber(count)} ${count === 1 ? noun : many}`;

const instantOf = (date: DateText): Date => new Date(midnightOf(parseDay(date) ?? 0));
