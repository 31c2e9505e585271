import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BASE_MB,
  type ExportSize,
  MERGE_BYTES_PER_ITEM,
  planExport,
  secondsToCount,
  TALLY_BYTES_PER_ITEM,
} from '../../../src/pipeline/large/export-plan.ts';

const aggregator = { memoryMb: 256, timeoutSeconds: 300 };
const child = { memoryMb: 1769, timeoutSeconds: 900 };
const plan = (size: ExportSize) => planExport(size, aggregator, child);

const GB = 1e9;
const MANY = 20_000;

describe('a plan', () => {
  it.each([
    ['nothing at all', { files: 0, items: 0, billedSizeBytes: 0 }, 'inline'],
    ['a quiet night', { files: 4, items: 0, billedSizeBytes: 10e6 }, 'inline'],
    ['a usual night', { files: 16, items: 200_000, billedSizeBytes: 0.5 * GB }, 'inline'],
    ['half a million items', { files: 16, items: 500_000, billedSizeBytes: 0.5 * GB }, 'distributed'],
    ['a table of 10 GB', { files: 64, items: 400_000, billedSizeBytes: 10 * GB }, 'distributed'],
  ])('for %s', (_what, size, mode) => {
    expect(plan(size).mode).toBe(mode);
  });

  it.each([
    ['10 GB', { files: 64, items: 4e6, billedSizeBytes: 10 * GB }],
    ['100 GB', { files: 640, items: 40e6, billedSizeBytes: 100 * GB }],
    ['10 TB', { files: 40_000, items: 4e9, billedSizeBytes: 10_000 * GB }],
  ])('of %s is this', (_what, size) => {
    expect(plan(size)).toMatchSnapshot();
  });

  const anySize = fc.record({
    files: fc.integer({ min: 1, max: MANY }),
    items: fc.integer({ min: 0, max: 5e9 }),
    billedSizeBytes: fc.integer({ min: 0, max: 20_000 * GB }),
  });

  it('gives no function more than it has memory and time for', () =>
    fc.assert(
      fc.property(anySize, (size) => {
        const decided = plan(size);
        if (decided.mode === 'inline') {
          expect(secondsToCount(size, aggregator)).toBeLessThanOrEqual(aggregator.timeoutSeconds / 2);
          expect(BASE_MB + (size.items * TALLY_BYTES_PER_ITEM) / 2 ** 20).toBeLessThanOrEqual(aggregator.memoryMb);
          return;
        }
        const perShard = Math.ceil(size.items / decided.shards);
        expect(BASE_MB + (perShard * MERGE_BYTES_PER_ITEM) / 2 ** 20).toBeLessThan(child.memoryMb + 1);
        const secondsPerFile = secondsToCount(size, child) / size.files;
        // One file cannot be cut, and there are never more than 10,000 batches.
        const least = Math.max(1, Math.ceil(size.files / 10_000));
        if (decided.filesPerBatch > least) expect(decided.filesPerBatch * secondsPerFile).toBeLessThan(60.001);
      }),
      { numRuns: 5_000 },
    ));

  it('goes from one function to many, and never back, as an export grows', () =>
    fc.assert(
      fc.property(anySize, fc.integer({ min: 1, max: 100 }), (size, times) => {
        if (plan(size).mode === 'inline') return;
        const larger = { ...size, items: size.items * times, billedSizeBytes: size.billedSizeBytes * times };
        expect(plan(larger).mode).toBe('distributed');
      }),
      { numRuns: 1_000 },
    ));

  it('uses more shards where functions have less memory', () => {
    const size = { files: 640, items: 40e6, billedSizeBytes: 100 * GB };
    const shardsAt = (memoryMb: number) => {
      const decided = planExport(size, aggregator, { ...child, memoryMb });
      return decided.mode === 'distributed' ? decided.shards : 0;
    };
    expect(shardsAt(512)).toBeGreaterThan(shardsAt(1769));
    expect(shardsAt(1769)).toBeGreaterThan(shardsAt(10_240));
  });
});
