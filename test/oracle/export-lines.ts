import { type Json, type JsonObject, JsonWriter, object, plain } from './json-writer.ts';
import type { RecordLines } from './record-lines.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Which member of a line holds the item's state. */
export type ImageKey = 'Item' | 'NewImage';

const styles = [plain, plain, { space: 0.2, escape: 0 }, { space: 0.05, escape: 0.1 }, { space: 0, escape: 1 }];

/** Makes a data file's lines: records of every kind that the rules tell apart, and text that is no record at all. */
export class ExportLines {
  readonly #random: SeededRandom;
  readonly #records: RecordLines;
  readonly #imageKey: ImageKey;

  constructor(random: SeededRandom, records: RecordLines, imageKey: ImageKey) {
    this.#random = random;
    this.#records = records;
    this.#imageKey = imageKey;
  }

  /** One line without its end; `hostility` is the share of lines that are not simply good. */
  line(hostility: number): Buffer {
    if (!this.#random.chance(hostility)) return this.#text(this.#record(this.#records.good()));
    const kinds = [
      () => this.#text(this.#record(this.#records.spoilt())),
      () => this.#text(this.#record(this.#records.spoilt())),
      () => this.#text(this.#record(this.#records.other())),
      () => this.#text(this.#delete()),
      () => this.#text(this.#odd()),
      () => this.#text(this.#twice()),
      () => this.#text(this.#huge()),
      () => Buffer.from(this.#broken()),
      () => this.#undecodable(),
      () => Buffer.from(this.#random.pick(['', ' ', '\t', '\r', ' \t\r'])),
    ];
    return this.#random.pick(kinds)();
  }

  #text(value: Json): Buffer {
    return Buffer.from(new JsonWriter(this.#random, this.#random.pick(styles)).write(value));
  }

  #record(attributes: Parameters<RecordLines['image']>[0]): JsonObject {
    const image = this.#records.image(attributes);
    if (this.#imageKey === 'Item') return object(['Item', image]);
    const old: [string, Json][] = this.#random.chance(0.5)
      ? [['OldImage', this.#records.image(this.#records.good())]]
      : [];
    const members: [string, Json][] = [metadata, keys, ['NewImage', image], ...old];
    return object(...(this.#random.chance(0.8) ? members : this.#random.shuffled(members)));
  }

  #delete(): JsonObject {
    const old: [string, Json] = ['OldImage', this.#records.image(this.#records.good())];
    return object(...this.#random.pick([[metadata, keys, old], [metadata, keys], [keys], [old], [old, metadata]]));
  }

  /** Valid JSON that is no record, or whose image is none. */
  #odd(): Json {
    const good = this.#records.image(this.#records.good());
    const noImage = this.#random.pick<Json>([null, [], 'x', 5, true, [good]]);
    return this.#random.pick<Json>([
      ...[[], {}, 1, 'x', null, true].map((value) => ({ text: JSON.stringify(value) })),
      [object(['Item', good])],
      object(metadata),
      object(['item', good]),
      object(['Item', noImage]),
      object(keys, ['NewImage', noImage]),
      object(['Item', noImage], ['NewImage', good]),
      object(['Item', good], ['NewImage', this.#records.image(this.#records.spoilt())]),
      object(keys, ['NewImage', this.#records.image(this.#records.spoilt())], ['Item', good]),
      object(['Item', object(['M', good])]),
    ]);
  }

  /** A key that stands twice: the last one counts, as for every `JSON.parse`. */
  #twice(): JsonObject {
    const [first, last] = this.#random.shuffled([this.#records.good(), this.#records.spoilt()]);
    const images = [first ?? [], last ?? []].map((attributes) => this.#records.image(attributes));
    if (this.#random.chance(0.5)) return object(...images.map((image): [string, Json] => [this.#imageKey, image]));
    return object([this.#imageKey, object(...images.flatMap(({ entries }) => entries))]);
  }

  /** About as large as DynamoDB lets an item be: it crosses every buffer on the way. */
  #huge(): JsonObject {
    const filler = this.#random.pick(['x', '\\"', '{"modelId":', 'é', '😀']);
    const text = filler.repeat(
      this.#random.int(1, Math.floor(this.#random.pick([5000, 5000, 5000, 70_000, 300_000]) / filler.length)),
    );
    return this.#record([...this.#records.good(), ['filler', object(['S', text])]]);
  }

  #broken(): string {
    const line = this.#text(this.#record(this.#records.good())).toString();
    const breaks = [
      () => line.slice(0, this.#random.int(1, line.length - 1)),
      () => `${line}}`,
      () => line + line,
      () => `${line} x`,
      () => `\uFEFF${line}`,
      () => `\u00A0${line}`,
      () => `\f${line}`,
      () => line.replace(/\}$/, ',}'),
      () => line.replace(/^\{/, '{,'),
      () => line.replace(/^\{/, '[').replace(/\}$/, ']'),
      () => line.replace(':', '='),
      () => `${this.#imageKey}: {}`,
      () => `{'${this.#imageKey}':{}}`,
      () => `{"${this.#imageKey}":{"modelId":{"S":"session-a-1"},}}`,
      () => `{"${this.#imageKey}":{"modelId":{"S":"session-a-\t"},"owner":{"S":"user-a"},"updatedAt":{"N":"1"}}}`,
      () => `{"${this.#imageKey}":{"modelId":{"S":"session-a-\\x"},"owner":{"S":"user-a"},"updatedAt":{"N":"1"}}}`,
      () => `{"${this.#imageKey}":{"modelId":{"S":"session-a-\\u12"},"owner":{"S":"user-a"},"updatedAt":{"N":"1"}}}`,
    ];
    return this.#random.pick(breaks)();
  }

  /** Bytes that are no UTF-8, somewhere in a line that is otherwise good, or all by themselves. */
  #undecodable(): Buffer {
    const bytes = Buffer.from(this.#random.pick(['ff', '80', 'c0af', 'eda080', 'e282', 'f5808080', 'f4908080']), 'hex');
    const kinds = [this.#record(this.#records.good()), this.#record(this.#records.other()), this.#delete()];
    const line = this.#random.chance(0.1) ? Buffer.from('  ') : this.#text(this.#random.pick(kinds));
    // Never inside a character: the halves of a split one could make the cut-off bytes whole again.
    const chars = [...line.toString()];
    const at = this.#random.int(0, chars.length);
    return Buffer.concat([Buffer.from(chars.slice(0, at).join('')), bytes, Buffer.from(chars.slice(at).join(''))]);
  }
}

const metadata: [string, Json] = ['Metadata', object(['WriteTimestampMicros', object(['N', '1732233600000000'])])];
const keys: [string, Json] = ['Keys', object(['modelId', object(['S', 'session-keys-1'])])];
