import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainReader } from '../../src/adapters/dynamodb-json/plain-reader.ts';
import { simdReader } from '../../src/adapters/dynamodb-json/simd-reader.ts';
import { DuckDbOracle } from './duckdb-oracle.ts';
import { type OurVerdict, ourVerdict } from './our-verdict.ts';
import { type SeededExport, writeSeededExport } from './seeded-export.ts';

const readers = { plainReader, simdReader };
const seeds = Array.from({ length: 24 }, (_, i) => i + 1);

const folder = mkdtempSync(join(tmpdir(), 'daytally-oracle-'));
const exports = new Map<number, SeededExport>();
let verdicts: Map<number, OurVerdict>;

beforeAll(async () => {
  for (const seed of seeds) exports.set(seed, writeSeededExport(join(folder, `export-${seed}`), seed));
  const oracle = await DuckDbOracle.open(join(folder, 'decompressed'));
  verdicts = await oracle.judge(exports);
  oracle.close();
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe.each(Object.entries(readers))('counted with %s', (_, reader) => {
  it.each(seeds)('the export of seed %i gives what the rules in SQL give', async (seed) => {
    const ours = await ourVerdict(exports.get(seed) as SeededExport, reader);
    expect(ours).toEqual(verdicts.get(seed));
    expect(ours.read).toBe(Object.values(ours.outcomes).reduce((sum, records) => sum + records, 0));
  });
});

it('has seen every outcome, in full and incremental exports, often enough to mean something', () => {
  const all = [...verdicts.values()];
  const total = (count: (verdict: OurVerdict) => number) => all.reduce((sum, verdict) => sum + count(verdict), 0);
  const incremental = [...exports.values()].filter(({ since }) => since !== null).length;
  expect(Math.min(incremental, exports.size - incremental)).toBeGreaterThanOrEqual(10);
  for (const outcome of ['counted', 'ignored', 'deleted', 'outsideWindow', 'malformed'] as const) {
    expect(
      total(({ outcomes }) => outcomes[outcome]),
      outcome,
    ).toBeGreaterThan(80);
  }
  expect(total(({ rejects }) => rejects.length)).toBeGreaterThan(200);
  expect(total(({ days }) => days.length)).toBeGreaterThan(200);
  expect(total(({ users }) => users.length)).toBeGreaterThan(1000);
});
