import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeSorted } from '../../../src/pipeline/large/sorted-merge.ts';

const numerically = (a: number, b: number): number => a - b;

async function collect(sources: readonly (readonly number[])[]): Promise<number[]> {
  const streams = sources.map((source) => Readable.from(source));
  const merged: number[] = [];
  for await (const value of mergeSorted(streams, numerically)) merged.push(value);
  return merged;
}

describe('a merge of sorted sources', () => {
  it('holds all of their values, sorted', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.integer({ min: 0, max: 50 }))), async (sources) => {
        const sorted = sources.map((source) => [...source].sort(numerically));
        expect(await collect(sorted)).toEqual(sources.flat().sort(numerically));
      }),
      { numRuns: 1_000 },
    ));

  it('lets its sources go where it is given up, or one of them fails', async () => {
    let open = 0;
    async function* source(values: readonly number[], failure?: Error) {
      open++;
      try {
        yield* values;
        if (failure !== undefined) throw failure;
      } finally {
        open--;
      }
    }
    for await (const value of mergeSorted([source([1, 3]), source([2])], numerically)) if (value === 2) break;
    expect(open).toBe(0);
    const failing = mergeSorted([source([1], new Error('torn')), source([0, 5])], numerically);
    await expect(async () => {
      for await (const _ of failing);
    }).rejects.toThrow('torn');
    expect(open).toBe(0);
  });
});
