import { describe, expect, it } from 'vitest';
import { plainReader } from '../../src/adapters/dynamodb-json/plain-reader.ts';
import type { OperationsFigures } from '../../src/domain/operations-metrics.ts';
import { aggregateExport } from '../../src/pipeline/aggregate-export.ts';
import { aRun, day } from '../support/factories.ts';
import { firstGames } from '../support/first-games.ts';
import { MemoryBucket } from '../support/memory-bucket.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { putExport, type SmallExport } from '../support/small-exports.ts';

const thursday = day('2024-11-21');
const friday = thursday + 1;
const saturday = thursday + 2;

/** One installation, and what its runs tell. */
function anInstallation() {
  const files = new MemoryBucket();
  const store = new MemoryStore();
  const told: OperationsFigures[] = [];
  const operations = { tell: async (figures: OperationsFigures) => void told.push(figures) };
  const ports = {
    files,
    reader: plainReader,
    concurrency: 1,
    definition: firstGames,
    maxPublishedApps: 100,
    inlineDetailKb: Number.POSITIVE_INFINITY,
    store,
    publisher: { publish: async () => {} },
    operations,
  };
  let started = 0;
  /** Counts an export on the morning of a day. */
  const count = async (on: number, { from, to, full }: Pick<SmallExport, 'from' | 'to' | 'full'>) => {
    const exportId = `0173223360000${started++}-a1b2c3d4`;
    const key = putExport(files.objects, { exportId, from, to, ...(full ? { full } : {}) }, [['ada', 'chess', to]]);
    await aggregateExport(ports, key, aRun(on, { runId: exportId }));
    return told.at(-1);
  };
  return { count, store, told };
}

const incremental = (of: number) => ({ from: of, to: of });
const backfill = (from: number, to: number) => ({ from, to, full: true });

describe('exact numbers of yesterday', () => {
  it('are told by the run that writes them', async () => {
    const { count } = anInstallation();
    expect(await count(friday, incremental(thursday))).toMatchObject({ runSucceeded: 1, yesterdayExact: 1 });
  });

  it.each([
    ['the export of an older day', saturday, incremental(thursday)],
    ['a backfill that ends with yesterday', friday, backfill(thursday - 9, thursday)],
  ])('are not told by %s, though it succeeds', async (_what, on, of) => {
    const { count } = anInstallation();
    const figures = await count(on, of);
    expect(figures).toMatchObject({ runSucceeded: 1 });
    expect(figures).not.toHaveProperty('yesterdayExact');
  });

  it('are told again where the export is counted again, and where a better one stands in its place', async () => {
    const { count, store } = anInstallation();
    await count(friday, incremental(thursday));
    const entry = store.ledger.get('2024-11-21');
    expect(await count(friday, incremental(thursday))).toMatchObject({ yesterdayExact: 1 });
    if (entry !== undefined) store.ledger.set('2024-11-21', { ...entry, exportId: '99999999999999-better' });
    expect(await count(friday, incremental(thursday))).toMatchObject({ yesterdayExact: 1 });
  });

  it('are not told by a run that could not finish them', async () => {
    const { count, store, told } = anInstallation();
    store.putLedger = async () => {
      throw new Error('the table is gone');
    };
    await expect(count(friday, incremental(thursday))).rejects.toThrow('the table is gone');
    expect(told).toEqual([]);
  });
});
