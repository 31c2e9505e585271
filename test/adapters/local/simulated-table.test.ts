import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Item, SimulatedTable, type TableShape } from '../../../src/adapters/local/simulated-table.ts';

const shape: TableShape = { keys: ['modelId', 'owner'], ttlAttribute: 'expiresAt', ttlLagMillis: 3_000 };

const key = (id: string): Item => ({ modelId: { S: id }, owner: { S: 'user-ada' } });
const item = (id: string, value: string, ttl?: number): Item => ({
  ...key(id),
  value: { S: value },
  ...(ttl === undefined ? {} : { expiresAt: { N: `${ttl}` } }),
});

interface Write {
  readonly id: string;
  readonly at: number;
  readonly image: Item | undefined;
}

const writes = fc
  .array(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      at: fc.integer({ min: 0, max: 40_000 }),
      value: fc.option(fc.constantFrom('x', 'y', 'z')),
      ttl: fc.option(fc.integer({ min: 0, max: 40 }), { freq: 3 }),
    }),
    { maxLength: 30 },
  )
  .map((all) =>
    all
      .map(
        ({ id, at, value, ttl }): Write => ({
          id,
          at,
          image: value === null ? undefined : item(id, value, ttl ?? undefined),
        }),
      )
      .sort((a, b) => a.at - b.at),
  );

function tableOf(history: readonly Write[]): SimulatedTable {
  const table = new SimulatedTable(shape);
  for (const { id, at, image } of history) image === undefined ? table.delete(key(id), at) : table.put(image, at);
  return table;
}

/** The plain way: of each item the last write before the instant, gone if its time to live is over by then. */
function naiveState(history: readonly Write[], instant: number): Map<string, Item> {
  const state = new Map<string, Item>();
  for (const { id, at, image } of history) {
    if (at >= instant) continue;
    state.delete(id);
    const ttl = image?.expiresAt as { N: string } | undefined;
    const goneAt = ttl === undefined ? Number.POSITIVE_INFINITY : Math.max(at, Number(ttl.N) * 1000) + 3_000;
    if (image !== undefined && goneAt >= instant) state.set(id, image);
  }
  return state;
}

const stateMap = (table: SimulatedTable, instant: number) =>
  new Map([...table.stateAt(instant)].map((image) => [(image.modelId as { S: string }).S, image]));

/** Often whole seconds, to fall together with the end of a time to live. */
const instants = fc.oneof(
  fc.integer({ min: 0, max: 60_000 }),
  fc.integer({ min: 0, max: 60 }).map((seconds) => seconds * 1_000),
);
const spans = fc.tuple(instants, instants).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

describe('SimulatedTable', () => {
  it('knows the state at any instant, with items removed whose time to live is over', () => {
    fc.assert(
      fc.property(writes, instants, (history, instant) => {
        expect(stateMap(tableOf(history), instant)).toEqual(naiveState(history, instant));
      }),
      { numRuns: 1_000 },
    );
  });

  it('exports increments that turn the state at the start of a span into the state at its end', () => {
    fc.assert(
      fc.property(writes, spans, (history, span) => {
        const table = tableOf(history);
        const state = stateMap(table, span.from);
        for (const { Keys, NewImage, OldImage } of table.incrementalExport(span)) {
          const id = (Keys.modelId as { S: string }).S;
          expect(OldImage).toEqual(state.get(id));
          if (NewImage === undefined) expect(state.delete(id)).toBe(true);
          else state.set(id, NewImage);
        }
        expect(state).toEqual(stateMap(table, span.to));
      }),
      { numRuns: 1_000 },
    );
  });

  it('exports one line an item at most, stamped within the span, and one for each item written and not gone again', () => {
    fc.assert(
      fc.property(writes, spans, (history, span) => {
        const lines = [...tableOf(history).incrementalExport(span)];
        const ids = lines.map(({ Keys }) => (Keys.modelId as { S: string }).S);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { Metadata } of lines) {
          const at = Number(Metadata.WriteTimestampMicros.N) / 1000;
          expect(at >= span.from && at < span.to).toBe(true);
        }
        const written = history.filter(({ at, image }) => at >= span.from && at < span.to && image !== undefined);
        const alive = naiveState(history, span.to);
        for (const { id } of written) if (alive.has(id)) expect(ids).toContain(id);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    { what: 'an insert', before: [], inside: ['x'], line: { NewImage: 'x' } },
    { what: 'an update', before: ['w'], inside: ['x', 'y'], line: { NewImage: 'y', OldImage: 'w' } },
    { what: 'a delete', before: ['w'], inside: [undefined], line: { OldImage: 'w' } },
    { what: 'an update, then a delete', before: ['w'], inside: ['x', undefined], line: { OldImage: 'w' } },
    {
      what: 'a delete, then an insert',
      before: ['w'],
      inside: [undefined, 'x'],
      line: { NewImage: 'x', OldImage: 'w' },
    },
    { what: 'an insert, then a delete', before: [], inside: ['x', undefined], line: undefined },
    { what: 'a delete of nothing', before: [], inside: [undefined], line: undefined },
    { what: 'no write', before: ['w'], inside: [], line: undefined },
  ])('exports $what as DynamoDB does', ({ before, inside, line }) => {
    const write = (value: string | undefined, at: number): Write => ({
      id: 'a',
      at,
      image: value === undefined ? undefined : item('a', value),
    });
    const table = tableOf([
      ...before.map((value, n) => write(value, n)),
      ...inside.map((value, n) => write(value, 1_000 + n)),
    ]);
    const span = { from: 1_000, to: 2_000 };
    const images = Object.entries(line ?? {}).map(([name, value]) => [name, item('a', value)]);
    const Metadata = { WriteTimestampMicros: { N: `${(999 + inside.length) * 1000 + 0}` } };
    const expected = { Metadata, Keys: key('a'), ...Object.fromEntries(images) };
    expect([...table.incrementalExport(span)]).toEqual(line === undefined ? [] : [expected]);
    const { OldImage: _, ...withoutOld } = expected as Record<string, unknown>;
    expect([...table.incrementalExport(span, 'NEW_IMAGES')]).toEqual(line === undefined ? [] : [withoutOld]);
  });

  it('takes the start of a span in and leaves its end out', () => {
    const table = tableOf([
      { id: 'a', at: 1_000, image: item('a', 'x') },
      { id: 'b', at: 2_000, image: item('b', 'x') },
    ]);
    const ids = [...table.incrementalExport({ from: 1_000, to: 2_000 })].map(({ Keys }) => Keys.modelId);
    expect(ids).toEqual([{ S: 'a' }]);
  });

  it('refuses writes against the order of time and items without a key', () => {
    const table = tableOf([{ id: 'a', at: 5, image: item('a', 'x') }]);
    expect(() => table.put(item('a', 'y'), 4)).toThrow('in order of time: 4 after 5');
    expect(() => table.put({ modelId: { S: 'a' } }, 6)).toThrow('key attribute owner');
  });
});
