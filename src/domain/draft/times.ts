import type { TimeInput } from '../define-table.ts';
import type { TimeForm } from '../definition.ts';
import type { Pattern, Segment } from '../describe/pattern.ts';
import type { Form } from '../describe/text-shape.ts';
import { isCreation, isUpdate } from '../describe/vocabulary.ts';
import type { PathDescription } from './paths.ts';
import { ownSegments } from './templates.ts';

/** When something happens to the items of a kind. */
export interface KindTimes {
  /** When they came to be, or when what they tell of was; null where no time says so. */
  readonly creation: TimePlace | null;
  /** When they were last written. */
  readonly update: TimePlace | null;
  /** What a person has to answer. */
  readonly questions: readonly string[];
}

export interface TimePlace {
  readonly name: string;
  /** Whether its name says that the item came to be then. */
  readonly isNamedSo: boolean;
  /** Null where it is a part of a key, which then takes a hole. */
  readonly at: Exclude<TimeInput, { readonly hole: string }> | null;
  readonly segment: Segment | null;
  readonly as: TimeForm;
}

const NEARLY_ALL = 0.95;

/** @param kind its name */
export function timesOf(kind: string, paths: readonly PathDescription[]): KindTimes {
  const times = paths.filter(({ meaning, share }) => meaning === 'time' && share >= NEARLY_ALL);
  const updates = outermost(times.filter(({ name }) => isUpdate(name)));
  const creations = outermost(times.filter(({ name }) => !isUpdate(name) && isCreation(name)));
  const others = outermost(times.filter(({ name }) => !isUpdate(name) && !isCreation(name)));
  const chosen = creations.length > 0 ? creations : others;
  const [creation, update] = [chosen[0], updates[0]];
  return {
    creation: creation === undefined ? inKey(paths) : placeOf(creation, creations.length > 0),
    update: update === undefined ? null : placeOf(update, false),
    questions: [
      ...choice(kind, chosen, creations.length > 0 ? 'came to be' : 'happened'),
      ...choice(kind, updates, 'was last written'),
      ...[creation, update].flatMap((one) => (one === undefined ? [] : oddForms(kind, one))),
    ],
  };
}

/** What is inside of maps only where there is nothing outside. */
function outermost(times: readonly PathDescription[]): readonly PathDescription[] {
  const outside = times.filter(({ isInside }) => !isInside);
  return outside.length > 0 ? outside : times;
}

const choice = (kind: string, times: readonly PathDescription[], what: string): string[] =>
  times.length < 2
    ? []
    : [
        `Which time says when "${kind}" ${what}: ${times.map(({ path }) => path).join(', ')}? Taken: ${times[0]?.path}.`,
      ];

const oddForms = (kind: string, attribute: PathDescription): string[] =>
  formOf(attribute).isDoubtful
    ? [
        `How is ${attribute.path} of "${kind}" to be read, which is written in ${attribute.times.length} forms? Taken: ${attribute.times[0]?.form}; others are malformed.`,
      ]
    : [];

const placeOf = (attribute: PathDescription, isNamedSo: boolean): TimePlace => {
  const { as } = formOf(attribute);
  const { path } = attribute;
  return { name: path, isNamedSo, at: as === 'auto' ? path : { attribute: path, as }, segment: null, as };
};

const readByAuto = new Set<TimeForm>(['epochSeconds', 'epochMillis', 'dateTime']);

/** The one reading that takes all that was seen; doubtful where there is none. */
function formOf({ times }: PathDescription): { readonly as: TimeForm; readonly isDoubtful: boolean } {
  if (times.every(({ form }) => readByAuto.has(form))) return { as: 'auto', isDoubtful: false };
  return { as: times[0]?.form ?? 'auto', isDoubtful: times.length > 1 };
}

const formsInKeys: Partial<Record<Form, Exclude<TimeForm, 'auto'>>> = {
  date: 'date',
  dateTime: 'dateTime',
  dateTimeWithoutZone: 'dateTimeWithoutZone',
  ulid: 'ulid',
  uuidv7: 'uuidv7',
  ksuid: 'ksuid',
};

/** A time that is a part of the key, such as the ULID in `ORDER#01H…`. */
function inKey(paths: readonly PathDescription[]): TimePlace | null {
  const patterns = paths.flatMap(({ isKey, name, pattern }) => (isKey && pattern !== null ? [{ name, pattern }] : []));
  for (const { name, pattern } of patterns) {
    const segment = timeSegment(pattern);
    const as = segment === undefined ? undefined : formsInKeys[segment.form];
    if (segment !== undefined && as !== undefined) return { name, isNamedSo: false, at: null, segment, as };
  }
  return null;
}

const timeSegment = (pattern: Pattern): Segment | undefined =>
  pattern.share < NEARLY_ALL ? undefined : ownSegments(pattern).find(({ form }) => formsInKeys[form] !== undefined);
