import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SimulatedTable } from '../../src/adapters/local/simulated-table.ts';
import { LocalChain } from '../../src/cli/demo/local-chain.ts';
import { runDemo } from '../../src/cli/demo/run-demo.ts';
import { daysBetween, formatDay, midnightOf } from '../../src/domain/utc-day.ts';
import { temporaryDirectory } from '../support/exports.ts';
import { firstGames } from '../support/first-games.ts';
import { listeningTerminal } from '../support/run-cli.ts';

const today = 20_050;

describe('daytally demo', () => {
  const { terminal, written } = listeningTerminal();
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'daytally-demo-'));
    rmSync(folder, { recursive: true });
    await runDemo({ nights: 4, folder, today, seed: 7 }, terminal);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('catches up with the days that recovery covers on the first night', () => {
    expect(written.stderr).toMatch(/2024-11-19 {2}6 days had not been finished/);
  });

  it('notices the night that was missed and fills it on the next one', () => {
    expect(written.stderr).toMatch(/2024-11-21 {2}the event is lost/);
    expect(written.stderr).toMatch(/2024-11-22 {2}2 days had not been finished/);
  });

  it('shows that a manifest dropped again changes nothing', () => {
    expect(written.stderr).toContain('dropped again, twice: the table is unchanged, 0 metric values sent');
  });

  it('shows that a backfill counts history and leaves exact days alone', () => {
    expect(written.stderr).toContain('14 days of history counted as lower bounds, 9 exact days left alone');
  });

  it('prints the report and writes the page', () => {
    expect(written.stdout).toMatch(/Active users[\s\S]*Games played[\s\S]*14 lower bound {3}■ 9 exact/);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('<svg');
  });

  it('can be run again in its own folder, but never in somebody else’s', async () => {
    await expect(runDemo({ nights: 1, folder, today, seed: 7 }, terminal)).resolves.toBeUndefined();
    const foreign = temporaryDirectory();
    mkdirSync(join(foreign, 'photos'));
    writeFileSync(join(foreign, 'photos', 'cat.jpg'), 'meow');
    await expect(runDemo({ nights: 1, folder: foreign, today, seed: 7 }, terminal)).rejects.toThrow(/not empty/);
    expect(existsSync(join(foreign, 'photos', 'cat.jpg'))).toBe(true);
  });
});

it('a quiet day has a ledger entry without apps, and a day that was never finished has none', async () => {
  const games = new SimulatedTable({ keys: ['modelId'], ttlAttribute: 'expiresAt', ttlLagMillis: 0 });
  const chain = await LocalChain.open({
    games,
    definition: firstGames,
    directory: temporaryDirectory(),
    recoverableSince: midnightOf(today - 1),
  });
  try {
    chain.setClock(midnightOf(today) + 7_200_000);
    const { lost } = await chain.requestExports({ mode: 'incremental' });
    await chain.deliver();
    expect(lost.map(({ date }) => date)).toEqual(daysBetween(today - 7, today - 2).map(formatDay));
    const entries = await chain.store.readLedger(daysBetween(today - 7, today - 1).map(formatDay), {
      consistent: true,
    });
    expect(entries.map(({ date, apps, quality }) => ({ date, apps: apps.size, quality }))).toEqual([
      { date: formatDay(today - 1), apps: 0, quality: 'exact' },
    ]);
  } finally {
    await chain.close();
  }
});
