import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainReader } from '../../../src/adapters/dynamodb-json/plain-reader.ts';
import type { ObjectWriter } from '../../../src/adapters/local/simulated-exporter.ts';
import { playGame } from '../../../src/adapters/local/simulated-game.ts';
import type { AttributeValue, Item, ItemWriter, OutputView } from '../../../src/adapters/local/simulated-table.ts';
import { type CountedExport, countExport } from '../../../src/pipeline/count/count-export.ts';
import { MissingObject } from '../../../src/pipeline/faults.ts';
import type { ExportFiles } from '../../../src/pipeline/ports.ts';
import { firstGames } from '../../support/first-games.ts';
import { lastManifest, nightly, simulatedWorld } from './simulated-world.ts';

const DAY = 86_400_000;
const TTL_LAG = 5 * 3_600_000;
const FIRST_DAY = 20_050;
const DAYS = 6;

/*
 * A count by brute force: it notes every write itself, and reads the rules of counting anew, character by character
 * where the product uses schemas. It shares nothing with the code that it judges.
 */
interface Note {
  readonly at: number;
  readonly item: Item | undefined;
}

class Notebook implements ItemWriter {
  readonly notes = new Map<string, Note[]>();

  constructor(private readonly table: ItemWriter) {}

  put(item: Item, at: number): void {
    this.table.put(item, at);
    this.#note(item, at, item);
  }

  delete(item: Item, at: number): void {
    this.table.delete(item, at);
    this.#note(item, at, undefined);
  }

  #note(keys: Item, at: number, item: Item | undefined): void {
    const key = `${text(keys.modelId)} ${text(keys.owner)}`;
    this.notes.set(key, [...(this.notes.get(key) ?? []), { at, item }]);
  }
}

const text = (value: unknown): string | undefined => {
  const { S } = (value ?? {}) as { S?: unknown };
  return typeof S === 'string' ? S : undefined;
};

/** Each change of an item, with the removals by time to live between them. */
function changes(notes: readonly Note[]): Note[] {
  return notes.flatMap((note, index) => {
    const ttl = note.item?.expiresAt as { N: string } | undefined;
    if (ttl === undefined) return [note];
    const gone = { at: Math.max(note.at, Number(ttl.N) * 1000) + TTL_LAG, item: undefined };
    const next = notes[index + 1];
    return next !== undefined && next.at < gone.at ? [note] : [note, gone];
  });
}

const lastBefore = (notes: readonly Note[], instant: number): Note | undefined =>
  notes.filter(({ at }) => at < instant).at(-1);

interface Line {
  /** Undefined for a delete. */
  readonly image: Item | undefined;
}

function incrementalLines(notebook: Notebook, from: number, to: number): Line[] {
  return [...notebook.notes.values()].map(changes).flatMap((notes) => {
    if (!notes.some(({ at }) => at >= from && at < to)) return [];
    const after = lastBefore(notes, to)?.item;
    const before = lastBefore(notes, from)?.item;
    return after === undefined && before === undefined ? [] : [{ image: after }];
  });
}

const fullLines = (notebook: Notebook, at: number): Line[] =>
  [...notebook.notes.values()].flatMap((notes) => {
    const image = lastBefore(changes(notes), at)?.item;
    return image === undefined ? [] : [{ image }];
  });

interface Expected {
  readonly records: { counted: number; ignored: number; deleted: number; outsideWindow: number; malformed: number };
  /** Day, app, type, user: times. */
  readonly counts: Map<string, number>;
}

function bruteForce(lines: readonly Line[], firstDay: number, lastDay: number): Expected {
  const records = { counted: 0, ignored: 0, deleted: 0, outsideWindow: 0, malformed: 0 };
  const counts = new Map<string, number>();
  for (const { image } of lines) {
    if (image === undefined) {
      records.deleted++;
      continue;
    }
    const verdict = judge(image);
    if (verdict === 'ignored' || verdict === 'malformed') {
      records[verdict]++;
      continue;
    }
    const [day, key] = verdict;
    if (day < firstDay || day > lastDay) {
      records.outsideWindow++;
      continue;
    }
    records.counted++;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { records, counts };
}

function judge(image: Item): 'ignored' | 'malformed' | [number, string] {
  const modelId = text(image.modelId);
  const owner = text(image.owner);
  if (modelId === undefined) return 'malformed';
  const type = ['session', 'party', 'member'].find((name) =>
    modelId.startsWith(name === 'member' ? 'member-user-' : `${name}-`),
  );
  if (type === undefined) return 'ignored';
  if (owner === undefined) return 'malformed';
  const [user, group] = type === 'member' ? [modelId.slice('member-'.length), owner] : [owner, modelId];
  const [kind, app, ...id] = group.split('-');
  const day = dayOf(type === 'session' ? image.updatedAt : image.createdAt);
  const fits = kind === (type === 'member' ? 'party' : type) && app !== undefined && app !== '' && !app.startsWith('#');
  if (!fits || id.join('-') === '' || !user.startsWith('user-') || user === 'user-' || day === undefined)
    return 'malformed';
  return [day, JSON.stringify([day, app, type, user.slice(5)])];
}

/** Knows just the forms that the simulated game writes. */
function dayOf(value: unknown): number | undefined {
  const { N, S } = (value ?? {}) as { N?: string; S?: string };
  const number = N === undefined ? Date.parse(S ?? '') : Number(N) < 1e11 ? Number(N) * 1000 : Number(N);
  return Number.isNaN(number) ? undefined : (number - (number % DAY)) / DAY;
}

function countsOf({ counts }: CountedExport): Map<string, number> {
  const found = new Map<string, number>();
  for (const { day, app, counts: activities } of counts.tally.entries()) {
    for (const [index, { users }] of activities.entries()) {
      const type = firstGames.activities[index]?.id;
      for (const [user, times] of users) found.set(JSON.stringify([day, app, type, user]), times);
    }
  }
  return found;
}

function agree(counted: CountedExport, expected: Expected): void {
  const read = Object.values(expected.records).reduce((sum, n) => sum + n);
  expect(counted.counts.records).toEqual({ read, ...expected.records });
  expect(countsOf(counted)).toEqual(expected.counts);
}

class MemoryBucket implements ObjectWriter, ExportFiles {
  readonly bucket = 'memory';
  readonly #objects = new Map<string, Uint8Array>();

  async put(key: string, bytes: Uint8Array): Promise<void> {
    this.#objects.set(key, bytes);
  }

  async stream(key: string): Promise<AsyncIterable<Uint8Array>> {
    const bytes = this.#objects.get(key);
    if (bytes === undefined) throw new MissingObject(this.bucket, key);
    return Readable.from([bytes]);
  }

  async *list(prefix: string): AsyncGenerator<string> {
    for (const key of this.#objects.keys()) if (key.startsWith(prefix)) yield key;
  }
}

function world(outputView: OutputView = 'NEW_AND_OLD_IMAGES') {
  const made = simulatedWorld(new MemoryBucket(), { outputView, partitions: 3 });
  const notebook = new Notebook(made.table);
  const count = () =>
    countExport(
      { files: made.bucket, reader: plainReader, definition: firstGames, concurrency: 2 },
      lastManifest(made.events),
    );
  return { ...made, notebook, count };
}

function played(seed: number, outputView?: OutputView) {
  const made = world(outputView);
  playGame(made.notebook, { seed, players: 40, from: FIRST_DAY - 5, to: FIRST_DAY + DAYS });
  return made;
}

/** Keys that are right, nearly right and hostile, put together from their parts. */
const part = fc.constantFrom('chess', 'ada', '', '#run', '__proto__', 'constructor', 'a-b', 'ü☕', '"\\', '\n', 'user');
const keyText = fc
  .tuple(
    fc.constantFrom('session', 'party', 'member-user', 'user', 'config', 'Session'),
    fc.array(part, { maxLength: 3 }),
  )
  .map(([type, parts]) => [type, ...parts].join('-'));
const instant = fc.integer({ min: (FIRST_DAY - 2) * DAY, max: (FIRST_DAY + 2) * DAY });
const time: fc.Arbitrary<AttributeValue> = fc.oneof(
  instant.map((millis) => ({ N: `${millis}` })),
  instant.map((millis) => ({ N: `${Math.floor(millis / 1000)}` })),
  instant.map((millis) => ({ S: new Date(millis).toISOString() })),
  fc.constantFrom<AttributeValue>({ S: 'yesterday' }, { BOOL: true }, { M: { N: { N: '1' } } }),
);
const writes = fc.record({
  at: instant,
  gone: fc.boolean(),
  item: fc.record(
    {
      modelId: keyText.map((S) => ({ S })),
      owner: keyText.map((S) => ({ S })),
      createdAt: time,
      updatedAt: time,
      expiresAt: instant.map((millis) => ({ N: `${Math.floor(millis / 1000)}` })),
    },
    { requiredKeys: ['modelId', 'owner'] },
  ) as fc.Arbitrary<Item>,
});

const seeds = fc.integer();
const days = fc.integer({ min: FIRST_DAY, max: FIRST_DAY + DAYS });

describe('Counting what the simulated game exports', () => {
  it('agrees with a count by brute force on every incremental export', async () => {
    const views = fc.constantFrom('NEW_IMAGES' as const, 'NEW_AND_OLD_IMAGES' as const);
    await fc.assert(
      fc.asyncProperty(seeds, days, views, async (seed, day, view) => {
        const { exporter, clock, notebook, count } = played(seed, view);
        const { order, at } = nightly(day);
        clock.now = at;
        await exporter.startExport(order);
        agree(await count(), bruteForce(incrementalLines(notebook, day * DAY, (day + 1) * DAY), day, day));
      }),
      { numRuns: 40 },
    );
  });

  it('agrees with a count by brute force on every full export', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, days, fc.integer({ min: 0, max: DAY - 1 }), async (seed, day, timeOfDay) => {
        const { exporter, clock, notebook, count } = played(seed);
        clock.now = day * DAY + timeOfDay;
        const start = new Date((day - 3) * DAY).toISOString().slice(0, 10);
        const keyPrefix = `exports/backfill/${start}/request/`;
        await exporter.startExport({ exportType: 'FULL_EXPORT', keyPrefix, clientToken: 'backfill' });
        agree(await count(), bruteForce(fullLines(notebook, clock.now), day - 3, day - 1));
      }),
      { numRuns: 40 },
    );
  });

  it('agrees with a count by brute force on tables of any items, whatever their names', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(writes, { maxLength: 40 }), fc.boolean(), async (history, incremental) => {
        const { exporter, clock, notebook, count } = world();
        for (const { at, item, gone } of history.sort((a, b) => a.at - b.at)) {
          gone ? notebook.delete(item, at) : notebook.put(item, at);
        }
        const { order, at } = nightly(FIRST_DAY);
        clock.now = at;
        const { span: _, ...full } = { ...order, exportType: 'FULL_EXPORT' as const };
        await exporter.startExport(incremental ? order : full);
        const lines = incremental
          ? incrementalLines(notebook, FIRST_DAY * DAY, (FIRST_DAY + 1) * DAY)
          : fullLines(notebook, at);
        agree(await count(), bruteForce(lines, incremental ? FIRST_DAY : 0, FIRST_DAY));
      }),
      { numRuns: 1_000 },
    );
  });

  it('meets every outcome in a fortnight, so that the agreement means something', async () => {
    const { exporter, clock, count } = played(7);
    const totals = { counted: 0, ignored: 0, deleted: 0, outsideWindow: 0, malformed: 0 };
    for (let day = FIRST_DAY; day < FIRST_DAY + DAYS; day++) {
      const { order, at } = nightly(day);
      clock.now = at;
      await exporter.startExport(order);
      const { records } = (await count()).counts;
      for (const outcome of Object.keys(totals) as (keyof typeof totals)[]) totals[outcome] += records[outcome];
    }
    expect(Object.values(totals).every((times) => times > 0)).toBe(true);
  });
});
