import type { MetricValue } from '../domain/summary.ts';
import { type DateText, midnightOf, parseDay } from '../domain/utc-day.ts';
import { changeOf } from './report.ts';

/* How numbers and dates read, the same in every form of report and on every machine: English, UTC. */

const whole = new Intl.NumberFormat('en-GB');
const short = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });
// Names by hand: how Intl shortens September differs between versions of Node.
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12,345` */
export const formatNumber = (value: number): string => whole.format(value);

/** A stored number: a sum with all its digits, `–` for what cannot be told. */
export const formatValue = (value: MetricValue): string =>
  value === null ? '–' : typeof value === 'string' ? value : formatNumber(value);

/** `12.3k`, for axes. */
export const formatShort = (value: number): string => short.format(value).replace('K', 'k');

/** `21 Nov` */
export function formatDayOfMonth(date: DateText): string {
  const instant = instantOf(date);
  return `${instant.getUTCDate()} ${months[instant.getUTCMonth()]}`;
}

/** `Sat 21 Nov` */
export const formatDayShort = (date: DateText): string =>
  `${weekdays[instantOf(date).getUTCDay()]} ${formatDayOfMonth(date)}`;

/** `Sat 21 Nov 2026` */
export const formatDayLong = (date: DateText): string => `${formatDayShort(date)} ${date.slice(0, 4)}`;

/** `21 Nov 2026, 02:14 UTC` from ISO 8601. */
export const formatMoment = (iso: string): string =>
  `${formatDayOfMonth(iso.slice(0, 10))} ${iso.slice(0, 4)}, ${iso.slice(11, 16)} UTC`;

const MAX_PERCENT = 999;

/** `+12 %`, `−3 %`, `±0 %`; `new` where there was nothing before; long ones cut to `>999 %`. */
export function formatChange(value: number, before: number): string {
  const change = changeOf(value, before);
  if (change === null) return 'new';
  const percent = Math.round(change * 100);
  if (percent > MAX_PERCENT) return `>${MAX_PERCENT} %`;
  return `${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${Math.abs(percent)} %`;
}

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
