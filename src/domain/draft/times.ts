import type { TimeInput } from '../define-table.ts';
import type { TimeForm } from '../definition.ts';
import type { AttributeDescription, KindDescription } from '../describe/description.ts';
import type { Pattern, Segment } from '../describe/pattern.ts';
import type { Form } from '../describe/text-shape.ts';
import { isCreation, isUpdate } from '../describe/vocabulary.ts';
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

export function timesOf(kind: KindDescription): KindTimes {
  const times = kind.attributes.filter(({ meaning, share }) => meaning === 'time' && share >= NEARLY_ALL);
  const updates = times.filter(({ name }) => isUpdate(name));
  const creations = times.filter(({ name }) => !isUpdate(name) && isCreation(name));
  const others = times.filter(({ name }) => !isUpdate(name) && !isCreation(name));
  const chosen = creations.length > 0 ? creations : others;
  const creation = chosen[0] === undefined ? inKey(kind) : placeOf(chosen[0], creations.length > 0);
  const update = updates[0] === undefined ? null : placeOf(updates[0], false);
  const odd = [chosen[0], updates[0]].filter((one) => one !== undefined && formOf(one).isDoubtful);
  return {
    creation,
    update,
    questions: [
      ...choice(kind, chosen, creations.length > 0 ? 'came to be' : 'happened'),
      ...choice(kind, updates, 'was last written'),
      ...odd.flatMap((one) => (one === undefined ? [] : oddForms(kind, one))),
    ],
  };
}

const choice = ({ name }: KindDescription, times: readonly AttributeDescription[], what: string): string[] =>
  times.length < 2
    ? []
    : [
        `Which time says when a "${name}" ${what}: ${times.map((one) => one.name).join(', ')}? Taken: ${times[0]?.name}.`,
      ];

const oddForms = ({ name }: KindDescription, { name: attribute, times }: AttributeDescription): string[] => [
  `"${name}" writes ${attribute} in ${times.length} forms that no one reading takes. Taken: ${times[0]?.form}; the others are malformed.`,
];

const placeOf = (attribute: AttributeDescription, isNamedSo: boolean): TimePlace => {
  const { as } = formOf(attribute);
  const { name } = attribute;
  const written = name.replaceAll('.', '\\.');
  return { name, isNamedSo, at: as === 'auto' ? written : { attribute: written, as }, segment: null, as };
};

const readByAuto = new Set<TimeForm>(['epochSeconds', 'epochMillis', 'dateTime']);

/** The one reading that takes all that was seen; doubtful where there is none. */
function formOf({ times }: AttributeDescription): { readonly as: TimeForm; readonly isDoubtful: boolean } {
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
function inKey({ attributes }: KindDescription): TimePlace | null {
  const patterns = attributes.flatMap(({ isKey, name, pattern }) =>
    isKey && pattern !== null ? [{ name, pattern }] : [],
  );
  for (const { name, pattern } of patterns) {
    const segment = timeSegment(pattern);
    const as = segment === undefined ? undefined : formsInKeys[segment.form];
    if (segment !== undefined && as !== undefined) return { name, isNamedSo: false, at: null, segment, as };
  }
  return null;
}

const timeSegment = (pattern: Pattern): Segment | undefined =>
  pattern.share < NEARLY_ALL ? undefined : ownSegments(pattern).find(({ form }) => formsInKeys[form] !== undefined);
