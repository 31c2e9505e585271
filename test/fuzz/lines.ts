import type { CountingRules } from '../../src/domain/counting-rules.ts';
import type { SeededRandom } from '../support/seeded-random.ts';
import { shuffled } from './definitions.ts';
import { anyImage, anyJson, otherImage } from './images.ts';

/** A line without its line feed: as DynamoDB writes it, in another legal form, or damaged. */
export function anyLine(rules: CountingRules, random: SeededRandom): Buffer {
  const line = Buffer.from(random.chance(0.03) ? random.pick(oddLines) : legalLine(rules, random));
  return random.chance(0.92) ? line : damage(line, random);
}

const oddLines = ['', ' ', '\t \r', '\ufeff{}', '{}', '[]', 'null', '"text"', '1', '{"Item":null}', '{"Item":[]}', 'x'];

function legalLine(rules: CountingRules, random: SeededRandom): string {
  const record = random.chance(0.85) ? ordinaryRecord(rules, random) : oddRecord(rules, random);
  const text = JSON.stringify(record, undefined, random.chance(0.03) ? 1 : undefined).replaceAll('\n', ' ');
  return random.chance(0.03) ? escapeLetter(text, random) : text;
}

/** The same JSON, written otherwise. */
const escapeLetter = (text: string, random: SeededRandom): string => {
  const letter = random.pick(['o', 'm', 'S', 'I', 'K', 'c', 'N']);
  return text.replace(letter, `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
};

const Metadata = { WriteTimestampMicros: { N: '1732233600000000' } };

/** Of a full export, or an item that was inserted, changed or deleted. */
function ordinaryRecord({ definition }: CountingRules, random: SeededRandom): unknown {
  const image = anyImage(definition, random);
  const Keys = random.chance(0.5) ? image : { PK: { S: 'a' } };
  const kind = random.next();
  if (kind < 0.35) return { Item: image };
  if (kind < 0.55) return { Metadata, Keys, NewImage: image };
  if (kind < 0.8) return { Metadata, Keys, OldImage: otherImage(definition, image, random), NewImage: image };
  return kind < 0.9 ? { Metadata, Keys, OldImage: image } : { Metadata, Keys };
}

function oddRecord({ definition }: CountingRules, random: SeededRandom): unknown {
  const image = (): unknown => (random.chance(0.9) ? anyImage(definition, random) : anyJson(random, 2));
  const record: [string, unknown][] = [];
  if (random.chance(0.3)) record.push(['Metadata', Metadata]);
  for (const name of ['Keys', 'Item', 'NewImage', 'OldImage']) if (random.chance(0.4)) record.push([name, image()]);
  return Object.fromEntries(shuffled(record, random));
}

/** What a reader might overlook: brackets, quotes, backslashes, separators, control characters, halves of characters. */
const pieces = [...'{}[]":,\\ \t\r0aS', '""', '{}', '},{', '\\"', '"owner":{"S":"user-eve"},', '\u0000', 'é'];
const rawBytes = [0x80, 0xc3, 0xff, 0xf0];

function damage(line: Buffer, random: SeededRandom): Buffer {
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
