import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainReader } from '../../src/adapters/dynamodb-json/plain-reader.ts';
import { DuckDbOracle } from './duckdb-oracle.ts';
import { ourVerdict } from './our-verdict.ts';
import { type SeededExport, writeSeededExport } from './seeded-export.ts';

const readers = { plainReader };
const seeds = Array.from({ length: 24 }, (_, i) => i + 1);

const folder = mkdtempSync(join(tmpdir(), 'daytally-oracle-'));
let oracle: DuckDbOracle;
const seen = { full: 0, incremental: 0, outcomes: new Set<string>(), rejects: 0, cells: 0, users: 0 };

beforeAll(async () => {
  oracle = await DuckDbOracle.open(join(folder, 'decompressed'));
});

afterAll(() => {
  oracle.close();
  rmSync(folder, { recursive: true });
});

describe.each(seeds)('the export of seed %i', (seed) => {
  let seeded: SeededExport;
  let theirs: Awaited<ReturnType<DuckDbOracle['judge']>>;

  beforeAll(async () => {
    seeded = writeSeededExport(join(folder, `export-${seed}`), seed);
    theirs = await oracle.judge(seeded);
    remember(seeded, theirs);
  });

  it.each(Object.entries(readers))('counts the same with %s as by the rules in SQL', async (_, reader) => {
    const ours = await ourVerdict(seeded, reader);
    expect(ours).toEqual(theirs);
    expect(ours.read).toBe(Object.values(ours.outcomes).reduce((sum, records) => sum + records, 0));
  });
});

it('has seen every outcome, in full and incremental exports, often enough to mean something', () => {
  expect(seen.outcomes).toEqual(new Set(['counted', 'ignored', 'deleted', 'outsideWindow', 'malformed']));
  expect(Math.min(seen.full, seen.incremental)).toBeGreaterThanOrEqual(10);
  expect(seen.rejects).toBeGreaterThan(200);
  expect(seen.cells).toBeGreaterThan(200);
  expect(seen.users).toBeGreaterThan(1000);
});

function remember({ since }: SeededExport, verdict: Awaited<ReturnType<DuckDbOracle['judge']>>): void {
  seen[since === null ? 'full' : 'incremental']++;
  for (const [outcome, records] of Object.entries(verdict.outcomes)) if (records > 0) seen.outcomes.add(outcome);
  seen.rejects += verdict.rejects.length;
  seen.cells += verdict.days.length;
  seen.users += verdict.users.length;
}
