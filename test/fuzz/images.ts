import type {
  ActivityDefinition,
  AttributeCondition,
  AttributePath,
  Condition,
  Definition,
  TimeForm,
} from '../../src/domain/definition.ts';
import { isHole, type Template } from '../../src/domain/template.ts';
import type { SeededRandom } from '../support/seeded-random.ts';
import { shuffled } from './definitions.ts';

/** An image in DynamoDB JSON. */
export type Image = Readonly<Record<string, unknown>>;

/** An item that is, or nearly is, one of a definition's activities; its attributes in any order, others among them. */
export function anyImage(definition: Definition, random: SeededRandom): Image {
  const image = new ImageMaker(definition, random.pick(definition.activities), random);
  image.make();
  if (random.chance(0.2)) image.spoil();
  while (random.chance(0.4)) image.set([anyOtherName(random)], { M: anyJson(random, 4) });
  return image.entries();
}

/** The same item at another time. */
export function otherImage(definition: Definition, image: Image, random: SeededRandom): Image {
  if (random.chance(0.3)) return image;
  const other = anyImage(definition, random);
  const entries = Object.entries(image).map(([name, value]) => [
    name,
    random.chance(0.3) ? (other[name] ?? value) : value,
  ]);
  return Object.fromEntries(entries.slice(random.below(2)));
}

class ImageMaker {
  readonly #values = new Map<string, unknown>();
  readonly #taken = new Map<string, string>();

  constructor(
    readonly definition: Definition,
    readonly activity: ActivityDefinition,
    readonly random: SeededRandom,
  ) {}

  make(): void {
    const { definition, activity, random } = this;
    const becomes = activity.on.kind === 'becomes' && random.chance(0.7) ? activity.on.conditions : [];
    for (const attribute of definition.required) this.#put(attribute, { S: random.pick(ordinaryTexts) });
    for (const sum of activity.sums) this.#put(sum, { N: random.pick(numbers) });
    if (activity.at !== null && activity.at.hole === null) this.#put(activity.at.attribute, this.#time(activity.at.as));
    for (const { attribute, type, template } of activity.read) this.#put(attribute, { [type]: this.#fill(template) });
    this.#fulfil(becomes);
    this.#fulfil(activity.is);
    for (const path of definition.attributes) if (random.chance(0.1)) this.set(path, this.#anyValue(), false);
  }

  /** What nearly is an activity, and what is written otherwise than usual. */
  spoil(): void {
    const { random, definition } = this;
    const attribute = random.below(definition.attributes.length);
    const path = definition.attributes[attribute] as AttributePath;
    if (random.chance(0.2)) this.#values.delete(path[0] as string);
    else this.set(path, random.chance(0.5) ? this.#anyValue() : anyJson(random, 2));
  }

  set([name = '', ...rest]: AttributePath, value: unknown, replaces = true): void {
    if (!replaces && this.#values.has(name)) return;
    this.#values.set(
      name,
      rest.reduceRight<unknown>((inner, key) => ({ M: Object.fromEntries([[key, inner]]) }), value),
    );
  }

  entries(): Image {
    return Object.fromEntries(shuffled([...this.#values], this.random));
  }

  #put(attribute: number, value: unknown): void {
    if (value !== undefined) this.set(this.definition.attributes[attribute] as AttributePath, value);
  }

  #fulfil(conditions: readonly AttributeCondition[]): void {
    for (const { attribute, condition } of conditions) {
      const value = this.#fulfilling(condition);
      if (value === undefined) this.#values.delete(this.definition.attributes[attribute]?.[0] ?? '');
      else this.#put(attribute, value);
    }
  }

  #fulfilling(condition: Condition): unknown {
    const { random } = this;
    switch (condition.kind) {
      case 'template':
        return { S: this.#fill(condition.template) };
      case 'startsWith':
        return { S: condition.prefix + random.pick(ordinaryTexts) };
      case 'oneOf':
        return { S: random.pick(condition.texts) };
      case 'exists':
        return condition.exists ? this.#anyValue() : undefined;
      case 'bool':
        return { BOOL: condition.value };
      case 'number':
        return { N: condition.digits };
      case 'not':
        return random.chance(0.8) ? this.#anyValue() : this.#fulfilling(condition.condition);
    }
  }

  #fill({ parts }: Template): string {
    return parts.map((part) => (isHole(part) ? this.#take(part.name) : part)).join('');
  }

  /** The same text wherever a hole is named, nearly always. */
  #take(hole: string): string {
    const { random, activity } = this;
    const isTime = activity.at?.hole === hole;
    const known = this.#taken.get(hole);
    if (known !== undefined && random.chance(0.95)) return known;
    const text = isTime
      ? timeText(activity.at?.as ?? 'auto', random)
      : random.pick(random.chance(0.95) ? ordinaryTexts : texts);
    this.#taken.set(hole, text);
    return text;
  }

  #time(as: TimeForm): unknown {
    const { random } = this;
    const text = timeText(as, random);
    if (random.chance(0.05)) return random.pick(oddTimes);
    return as === 'auto'
      ? /^\d+$/.test(text)
        ? { N: text }
        : { S: text }
      : as.startsWith('epoch')
        ? { N: text }
        : { S: text };
  }

  #anyValue(): unknown {
    const { random } = this;
    const kind = random.below(8);
    if (kind < 4) return { S: random.pick(ordinaryTexts) };
    if (kind === 4) return { N: random.pick(numbers) };
    if (kind === 5) return { BOOL: random.chance(0.5) };
    return random.pick(otherValues);
  }
}

const timeText = (as: TimeForm, random: SeededRandom): string =>
  random.pick(
    random.chance(0.7) ? times[as].slice(0, 1) : random.chance(0.7) ? times[as] : Object.values(times).flat(),
  );

/** On 2024-11-22, and near; the last ones are unusual. */
const times: Readonly<Record<TimeForm, readonly string[]>> = {
  auto: [
    '1732233600',
    '1732233600123',
    '2024-11-22T00:00:00Z',
    '2024-11-22T23:59:59.999Z',
    '99999999999',
    '100000000000',
  ],
  epochSeconds: ['1732233600', '1732319999', '1732233600.999', '1.7322336e9', '0', '253402300799', '0001732233600'],
  epochMillis: ['1732233600000', '1732319999999', '1732319999999.9', '253402300800000', '1'],
  epochMicros: ['1732233600000000', '1732319999999999', '253402300799999999', '999', '1.7322336e15'],
  epochNanos: ['1732233600000000000', '1732319999999999999', '9999999999999999999', '18446744073709551616', '999999'],
  dateTime: [
    '2024-11-22T00:00:00Z',
    '2024-11-22T23:59:59.999Z',
    '2024-11-22T23:59:59.999999+01:00',
    '2024-11-22t12:00:00z',
    '2016-12-31T23:59:60Z',
  ],
  dateTimeWithoutZone: [
    '2024-11-22T00:00:00',
    '2024-11-22 23:59:59.678901',
    '2024-11-22T00:00:00.5',
    '2024-11-22T00:00:00Z',
  ],
  date: ['2024-11-22', '2024-02-29', '2023-02-29', '1969-12-31', '2024-11-2'],
  ulid: ['01JD9D8W00ABCDEFGHJKMNPQRS', '01jd9d8w00abcdefghjkmnpqrs', '81JD9D8W00ABCDEFGHJKMNPQRS'],
  uuidv7: ['019351f3-7000-7abc-8abc-0123456789ab', '019351f3-7000-4abc-8abc-0123456789ab'],
  ksuid: ['2p9jhKQJx1Zr1lHgQzC4cYpDgGl', 'aWgEPTl1tmebfsQzFP4bxwgy80V', 'zzzzzzzzzzzzzzzzzzzzzzzzzzz'],
};
const oddTimes = [{ N: '-1' }, { N: 'x' }, { S: '' }, { NULL: true }, { S: '2024-11-22T00:00:00Z', N: '1' }];
const numbers = ['1', '3', '-1.5', '0.00', '1E-130', '99999999999999999999999999999999999999', '12.50', '1e400', 'x'];
const otherValues = [
  { NULL: true },
  { L: [] },
  { M: {} },
  { SS: ['a'] },
  { NS: ['1'] },
  { BS: ['YQ=='] },
  { B: 'YQ==' },
  { S: 'a', N: '1' },
];
const ordinaryTexts = [
  ...['a', 'ada', '7f3a', 'grace', 'z'.repeat(17), 'q'.repeat(33), 'y'.repeat(59), 'w'.repeat(60), 'x'.repeat(70)],
  ...['A', 'B', 'ORDER', 'PAID', 'é', '東京', '\ud83d\ude00'],
];
const texts = [
  ...ordinaryTexts,
  ...[
    '',
    '"',
    '\\',
    'a\\"',
    '\u0001',
    'b-c',
    'b#c',
    '#',
    'a##b',
    'x'.repeat(255),
    'x'.repeat(256),
    'é'.repeat(512),
    'é'.repeat(513),
    '-'.repeat(5000),
  ],
];
const otherNames = [
  'b',
  'PKX',
  'S',
  'createdAtX',
  'NewImage',
  '',
  'ü',
  'payload',
  'k'.repeat(61),
  'attributeWithALongNam',
];
/** Such that JSON escapes: lines that have them are left to the plain reader. */
const escapedNames = ['\n', '\\x'];

const anyOtherName = (random: SeededRandom): string => random.pick(random.chance(0.02) ? escapedNames : otherNames);

/** Any JSON, more often what looks like DynamoDB's. */
export function anyJson(random: SeededRandom, depth: number): unknown {
  const kind = random.below(depth === 0 ? 4 : 6);
  if (kind === 0) return random.pick([...texts, '{', '}]', '{"modelId":{"S":"session-a-b"}}']);
  if (kind === 1) return random.pick([0, -1.5e10, true, null]);
  if (kind === 2) return { S: random.pick(texts) };
  if (kind === 3) return { L: [] };
  const children = Array.from({ length: random.below(5) }, () => anyJson(random, depth - 1));
  return kind === 4 ? children : Object.fromEntries(children.map((child) => [anyOtherName(random), child]));
}
