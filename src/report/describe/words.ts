import type {
  AttributeDescription,
  Meaning,
  TableDescription,
  TimesDescription,
} from '../../domain/describe/description.ts';
import { isSegment, type Pattern, type Segment } from '../../domain/describe/pattern.ts';
import type { Form } from '../../domain/describe/text-shape.ts';
import type { SeenForm } from '../../domain/describe/time-counts.ts';
import { isPersonal, isTenant } from '../../domain/describe/vocabulary.ts';
import { dayOfMillis, formatDay } from '../../domain/utc-day.ts';
import { formatMoment, formatNumber, plural } from '../format.ts';

/* What a table holds, in the words that all forms of output share. */

export const formNames: Readonly<Record<SeenForm, string>> = {
  epochSeconds: 'epoch seconds',
  epochMillis: 'epoch milliseconds',
  epochMicros: 'epoch microseconds',
  epochNanos: 'epoch nanoseconds',
  dateTime: 'date-time',
  dateTimeWithoutZone: 'date-time, no zone',
  date: 'date',
  ulid: 'time in a ULID',
  uuidv7: 'time in a UUID v7',
  ksuid: 'time in a KSUID',
};

/** In tables, where there is little room. */
const shortFormNames: Readonly<Record<SeenForm, string>> = {
  ...formNames,
  epochSeconds: 'epoch s',
  epochMillis: 'epoch ms',
  epochMicros: 'epoch µs',
  epochNanos: 'epoch ns',
};

const segmentNames: Readonly<Record<Form, string>> = {
  uuid: 'uuid',
  uuidv7: 'uuid',
  ulid: 'ulid',
  ksuid: 'ksuid',
  number: 'number',
  hex: 'hex',
  date: 'date',
  dateTime: 'date-time',
  dateTimeWithoutZone: 'date-time',
  email: 'e-mail',
  word: 'word',
  id: 'id',
  text: 'text',
  bytes: 'bytes',
};

/** `USER#<user>` */
export const patternText = ({ parts }: Pattern, meaning: Meaning | null): string =>
  parts
    .map((part) => (isSegment(part) ? `<${segmentText(part, parts.length === 1 ? meaning : null)}>` : part))
    .join('');

function segmentText({ label, words, form }: Segment, meaning: Meaning | null): string {
  if (label !== null && isPersonal(label)) return 'user';
  if (label === null && meaning === 'user' && form !== 'email') return 'user';
  if (label !== null && isTenant(label)) return words === null ? 'tenant' : `tenant, one of ${words.size}`;
  return words === null ? segmentNames[form] : `one of ${words.size}`;
}

/** `2026-11-01 to 2026-11-30` */
function rangeText(times: readonly TimesDescription[]): string {
  const ranges = times.flatMap(({ range }) => range ?? []);
  if (ranges.length === 0) return '';
  const from = formatDay(dayOfMillis(Math.min(...ranges.map((range) => range.from))));
  const to = formatDay(dayOfMillis(Math.max(...ranges.map((range) => range.to))));
  return from === to ? from : `${from} to ${to}`;
}

/** What an attribute holds, in a few words: times and their range, the form of texts, how many digits. */
export function contentText(attribute: AttributeDescription): string {
  const { meaning, times, types, pattern, fractions, items, members } = attribute;
  if (times.length > 0 && (meaning === 'time' || meaning === 'ttl')) {
    const names = times.length > 1 ? `${times.length} forms` : shortFormNames[(times[0] as TimesDescription).form];
    return [names, rangeText(times)].filter((text) => text !== '').join(', ');
  }
  if (pattern !== null && types[0]?.type === 'S') return textContent(attribute, pattern);
  if (fractions > 0) return `decimals in ${percent(fractions / items)}`;
  return members.length > 0 ? members.map(({ name }) => name).join(', ') : '';
}

function textContent({ values, meaning }: AttributeDescription, pattern: Pattern): string {
  const [only] = pattern.parts;
  const isBare = pattern.parts.length === 1 && only !== undefined && isSegment(only) && only.words !== null;
  if (isBare && values !== null) return values.isExact ? plural(values.count, 'value') : 'many values';
  const text = patternText(pattern, meaning);
  return pattern.share < MOST ? `${text} (${percent(pattern.share)})` : text;
}

const MOST = 0.995;

export const typesText = ({ types, items }: Pick<AttributeDescription, 'types' | 'items'>): string =>
  types.length === 1
    ? (types[0]?.type ?? '')
    : types.map(({ type, items: of }) => `${type} ${percent(of / items)}`).join(', ');

/** `12 %`; never 0 or 100 where it is not that at all. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) return '<1 %';
  if (share > 0.99 && share < 1) return '>99 %';
  return `${Math.round(share * 100)} %`;
}

/** So many are counted exactly. */
const FEW_KINDS = 64;

/** What the row of all that is not told apart is called. */
export const otherName = (kinds: number): string =>
  kinds < FEW_KINDS
    ? `other (${plural(kinds, 'kind')})`
    : `other (~${formatNumber(Number(kinds.toPrecision(2)))} kinds)`;

/** Which export, of when, and how much is in it. */
export function headline({ export: facts, kinds, others, items, records, changes }: TableDescription): string {
  const what = facts.exportType === 'FULL_EXPORT' ? 'Full export' : 'Incremental export';
  const deleted = changes === null ? '' : `, ${formatNumber(records - items)} deleted`;
  return `${what} ${facts.exportId} to ${formatMoment(new Date(facts.exportTime).toISOString())}: ${plural(items, 'item')}${deleted}, ${plural(kinds.length, 'kind')}${others === null ? '' : ' and others'}`;
}

const listed = (names: readonly string[]): string => names.join(' and ');

/** How kinds were told apart, and what the sizes are. */
export function explanations(description: TableDescription): string[] {
  const { keys, areKeysTold, typeAttribute, export: facts } = description;
  const key =
    areKeysTold || keys.length === 0
      ? listed(keys)
      : `${listed(keys)} (guessed: a full export does not say what the key is)`;
  const by = typeAttribute === null ? `the form of ${key}` : `${typeAttribute}; the key is ${key}`;
  return [
    ...(keys.length === 0 ? [] : [`Kinds are told apart by ${by}.`]),
    'Sizes are those of DynamoDB, about; JSON is what their lines in the export take.',
    ...(facts.sample === null
      ? []
      : [
          `A SAMPLE: the first ${plural(facts.sample, 'record')} of each of ${plural(facts.files, 'file')}; all counts are of these, and nothing is verified.`,
        ]),
  ];
}

/** What an attribute is likely for; of a key that also. */
export function meaningText({ isKey, meaning }: Pick<AttributeDescription, 'isKey' | 'meaning'>): string {
  const likely = meaning === 'ttl' ? 'TTL' : (meaning ?? '');
  if (!isKey) return likely;
  return likely === '' ? 'key' : `key, ${likely}`;
}
