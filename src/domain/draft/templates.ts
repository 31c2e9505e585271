import { isSegment, type Pattern, type Segment } from '../describe/pattern.ts';
import type { Form } from '../describe/text-shape.ts';
import { camelName, freeName } from './names.ts';

/** Names of an activity's holes: of what stands somewhere, or what was asked for. */
export class Holes {
  readonly #taken = new Set<string>(['user', 'app']);
  readonly #names = new Map<Segment, string>();

  /** @param meant what is the user and the app */
  constructor(meant: ReadonlyMap<Segment, 'user' | 'app'>) {
    for (const [segment, name] of meant) this.#names.set(segment, name);
  }

  nameOf(segment: Segment): string {
    const known = this.#names.get(segment);
    if (known !== undefined) return known;
    const name = freeName(camelName(segment.label ?? '', nameByForm[segment.form] ?? 'id'), this.#taken);
    this.#names.set(segment, name);
    return name;
  }
}

const nameByForm: Partial<Record<Form, string>> = {
  date: 'day',
  dateTime: 'time',
  dateTimeWithoutZone: 'time',
  word: 'part',
  number: 'number',
  email: 'email',
  text: 'text',
};

/** What ids and times of these forms have inside themselves. */
const inside: Partial<Record<Form, string>> = {
  uuid: '-',
  uuidv7: '-',
  date: '-',
  dateTime: '-:.+',
  dateTimeWithoutZone: '-:.',
};

const WEAK = '-_.';

/** Segments that a template made of the pattern takes on their own. */
export function ownSegments(pattern: Pattern): Segment[] {
  const parts = takenParts(pattern);
  return parts.filter(isSegment);
}

/**
 * A template that takes what the pattern says. A hole ends where what is behind it comes first: a part that may have that
 * inside takes all the rest.
 */
export function templateOf(pattern: Pattern, holes: Holes): string {
  const parts = takenParts(pattern);
  return parts
    .map((part, index) => {
      if (!isSegment(part)) return part;
      const isLast = index === parts.length - 1;
      return `\${${holes.nameOf(part)}${isLast && mayHoldAny(pattern) ? '*' : ''}}`;
    })
    .join('');
}

/** Where parts are joined by what ids have inside, the last one may have more of it. */
const mayHoldAny = ({ parts }: Pattern): boolean =>
  parts.some((part) => !isSegment(part) && [...WEAK].some((character) => part.includes(character))) ||
  parts.length === 1;

/** Those that a template is made of. */
export function takenParts({ parts }: Pattern): readonly (string | Segment)[] {
  const end = parts.findIndex((part, index) => isSegment(part) && holds(part.form, parts[index + 1]));
  return end === -1 ? parts : parts.slice(0, end + 1);
}

const holds = (form: Form, behind: string | Segment | undefined): boolean =>
  typeof behind === 'string' && (inside[form] ?? '').includes(behind.slice(0, 1));

/** Whether it has anything constant: else it is like everything. */
export const hasLiteral = ({ parts }: Pattern): boolean =>
  parts.some((part) => !isSegment(part) && /[A-Za-z0-9]/.test(part));
