import type { SeededRandom } from '../support/seeded-random.ts';

/** A line of the games' table, without its line feed: as DynamoDB writes it, in another legal form, or damaged. */
export function gamesLine(random: SeededRandom): Buffer {
  const line = Buffer.from(random.chance(0.03) ? random.pick(oddLines) : legalLine(random));
  return random.chance(0.9) ? line : damage(line, random);
}

const oddLines = ['', ' ', '\t \r', '\ufeff{}', '{}', '[]', 'null', '"text"', '1', '{"Item":null}', '{"Item":[]}', 'x'];

function legalLine(random: SeededRandom): string {
  const text = JSON.stringify(anyRecord(random), undefined, random.chance(0.03) ? 1 : undefined).replaceAll('\n', ' ');
  return random.chance(0.03) ? escapeLetter(text, random) : text;
}

/** The same JSON, written otherwise. */
const escapeLetter = (text: string, random: SeededRandom): string => {
  const letter = random.pick(['o', 'm', 'S', 'I', 'K', 'c']);
  return text.replace(letter, `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
};

function anyRecord(random: SeededRandom): unknown {
  const record: Record<string, unknown> = {};
  if (random.chance(0.6)) return { [random.pick(['Item', 'NewImage'])]: anyImage(random) };
  if (random.chance(0.3)) record.Metadata = { WriteTimestampMicros: { N: '1732233600000000' } };
  if (random.chance(0.3)) record.Keys = { modelId: { S: 'session-a-b' } };
  if (random.chance(0.5)) record.Item = random.chance(0.95) ? anyImage(random) : anyJson(random, 2);
  if (random.chance(0.5)) record.NewImage = random.chance(0.95) ? anyImage(random) : anyJson(random, 2);
  if (random.chance(0.3)) record.OldImage = anyImage(random);
  return shuffled(record, random);
}

function anyImage(random: SeededRandom): Record<string, unknown> {
  const image = random.chance(0.8) ? ordinaryImage(random) : oddImage(random);
  if (random.chance(0.1)) delete image[random.pick(Object.keys(image))];
  while (random.chance(0.6)) image[random.pick(keys)] = { M: anyJson(random, 4) };
  return shuffled(image, random);
}

/** Such as the kernel takes itself, whatever else stands beside it. */
function ordinaryImage(random: SeededRandom): Record<string, unknown> {
  const type = random.below(ORDINARY_TYPES);
  return {
    modelId: { S: modelIds[type] + random.pick(ordinaryTexts) },
    owner: { S: owners[type] + random.pick(ordinaryTexts) },
    createdAt: random.pick(times.slice(0, ORDINARY_TIMES)),
    updatedAt: random.pick(times.slice(0, ORDINARY_TIMES)),
  };
}

function oddImage(random: SeededRandom): Record<string, unknown> {
  const type = random.below(modelIds.length);
  return {
    modelId: random.chance(0.97) ? { S: modelIds[type] + random.pick(texts) } : anyJson(random, 2),
    owner: random.chance(0.97) ? { S: owners[type] + random.pick(texts) } : anyJson(random, 2),
    createdAt: random.chance(0.95) ? random.pick(times) : anyJson(random, 2),
    updatedAt: random.chance(0.95) ? random.pick(times) : anyJson(random, 2),
  };
}

/** The first ones of the lists below. */
const ORDINARY_TYPES = 5;
const ORDINARY_TIMES = 4;
const modelIds = [
  'session-chess-',
  'party-chess-',
  'member-user-',
  'session-a-',
  'profile-',
  'session-',
  'party--',
  '',
];
const owners = ['user-', 'user-', 'party-chess-', 'user-', 'user-', 'user', 'user-', 'party-#-'];
const ordinaryTexts = [
  'a',
  'ada',
  '7f3a',
  'b-c',
  'grace',
  'z'.repeat(17),
  'q'.repeat(33),
  'y'.repeat(59),
  'w'.repeat(60),
  'x'.repeat(70),
  'é',
  '東京',
  '\ud83d\ude00',
];
const texts = [...ordinaryTexts, '', '"', '\\', 'a\\"', '\u0001', '-'.repeat(5000)];
const times = [
  { N: '1732233600123' },
  { S: '2024-02-29T12:30:00.5-08:00' },
  { N: '1732320000' },
  { N: '1732233600' },
  { N: '1.7322336e9' },
  { N: 'x' },
  { S: '2024-11-22T00:00:00Z' },
  { S: '' },
  { S: '2024-11-22T23:59:59.999+01:00' },
  { NULL: true },
  { S: '2024-11-22T00:00:00Z', N: '1' },
];
const keys = [
  'a',
  'modelIdX',
  'owne',
  'createdAtX',
  'Item',
  '',
  'é',
  'payload',
  '__proto__',
  'k'.repeat(60),
  '"',
  '\\',
];

function anyJson(random: SeededRandom, depth: number): unknown {
  const kind = random.below(depth === 0 ? 4 : 6);
  if (kind === 0) return random.pick([...texts, '{', '}]', '{"modelId":{"S":"session-a-b"}}']);
  if (kind === 1) return random.pick([0, -1.5e10, true, null]);
  if (kind === 2) return { S: random.pick(texts) };
  if (kind === 3) return { L: [] };
  const children = Array.from({ length: random.below(5) }, () => anyJson(random, depth - 1));
  return kind === 4 ? children : Object.fromEntries(children.map((child) => [random.pick(keys), child]));
}

const shuffled = <T extends object>(record: T, random: SeededRandom): T =>
  Object.fromEntries(
    Object.entries(record)
      .map((entry) => ({ entry, order: random.next() }))
      .sort((a, b) => a.order - b.order)
      .map(({ entry }) => entry),
  ) as T;

/** What a reader might overlook: brackets, quotes, backslashes, separators, control characters, halves of characters. */
const pieces = [...'{}[]":,\\ \t\r0aS', '""', '{}', '},{', '\\"', '"owner":{"S":"user-eve"},', '\u0000', 'é'];
const rawBytes = [0x80, 0xc3, 0xff, 0xf0];

export function damage(line: Buffer, random: SeededRandom): Buffer {
  let damaged = line;
  do {
    const at = random.below(damaged.length + 1);
    const until = random.chance(0.5)
      ? at
      : Math.min(damaged.length, at + 1 + random.below(random.chance(0.8) ? 2 : 80));
    damaged = Buffer.concat([damaged.subarray(0, at), insertion(line, random), damaged.subarray(until)]);
  } while (random.chance(0.3));
  return damaged;
}

function insertion(line: Buffer, random: SeededRandom): Buffer {
  const kind = random.below(10);
  if (kind < 6) return Buffer.from(random.pick(pieces));
  if (kind < 7) return Buffer.of(random.pick(rawBytes));
  if (kind < 8) return line.subarray(random.below(line.length), random.below(line.length));
  return Buffer.alloc(0);
}
