import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SimulatedTable } from '../../src/adapters/local/simulated-table.ts';
import { makeDemoFolder } from '../../src/cli/demo/demo-folder.ts';
import { LocalChain } from '../../src/cli/demo/local-chain.ts';
import { nextSteps } from '../../src/cli/demo/next-steps.ts';
import { runDemo } from '../../src/cli/demo/run-demo.ts';
import { gamesDefinition } from '../../src/definitions/preset.ts';
import { daysBetween, formatDay, midnightOf } from '../../src/domain/utc-day.ts';
import { temporaryDirectory } from '../support/exports.ts';
import { listeningTerminal, runCli } from '../support/run-cli.ts';

const today = 20_050;

describe('daytally demo', () => {
  const { terminal, written } = listeningTerminal();
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'daytally-demo-'));
    rmSync(folder, { recursive: true });
    await runDemo({ definition: gamesDefinition, nights: 4, folder, today, seed: 7 }, terminal);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('catches up with the days that recovery covers on the first night', () => {
    expect(written.stderr).toMatch(/2024-11-19 {2}6 days to catch up with: /);
  });

  it('notices the night that was missed and fills it on the next one', () => {
    expect(written.stderr).toMatch(/2024-11-21 {2}the event is lost/);
    expect(written.stderr).toMatch(/2024-11-22 {2}2 days to catch up with: /);
  });

  it('shows that a manifest dropped again changes nothing', () => {
    expect(written.stderr).toContain('dropped again, twice: the table is unchanged, 0 metric values sent');
  });

  it('shows that a backfill counts history and leaves exact days alone', () => {
    expect(written.stderr).toContain('14 days as lower bounds, 9 exact days left alone');
  });

  it('prints the report and writes the page', () => {
    expect(written.stdout).toMatch(/Active users[\s\S]*Games played[\s\S]*14 lower bound {3}■ 9 exact/);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('<svg');
  });

  it('ends with a link to the page, and three things to do that can be done', async () => {
    const end = written.stderr.slice(written.stderr.indexOf('The page'));
    const [, url = ''] = /\n {2}(file:\S+)\n/.exec(end) ?? [];
    expect(existsSync(fileURLToPath(url))).toBe(true);
    const calls = [...end.matchAll(/^ {2}daytally (.*)$/gm)].map(([, call = '']) => call.split(' '));
    expect(calls.map(([command]) => command)).toEqual(['explain', 'status', 'aggregate']);
    // The game was played in 2024: all of its nights are over, and the calendar ends yesterday.
    for (const call of calls) expect(await runCli(...call)).toMatchObject({ code: call[0] === 'status' ? 1 : 0 });
  });

  it('can be run again in its own folder, but never in somebody else’s', async () => {
    await expect(
      runDemo({ definition: gamesDefinition, nights: 1, folder, today, seed: 7 }, terminal),
    ).resolves.toBeUndefined();
    const foreign = temporaryDirectory();
    mkdirSync(join(foreign, 'photos'));
    writeFileSync(join(foreign, 'photos', 'cat.jpg'), 'meow');
    await expect(
      runDemo({ definition: gamesDefinition, nights: 1, folder: foreign, today, seed: 7 }, terminal),
    ).rejects.toThrow(/not empty/);
    expect(existsSync(join(foreign, 'photos', 'cat.jpg'))).toBe(true);
  });
});

describe("the demo's folder", () => {
  const earlier = () => {
    const parent = temporaryDirectory();
    const folder = join(parent, 'demo');
    mkdirSync(folder);
    writeFileSync(join(folder, '.daytally-demo'), '');
    writeFileSync(join(folder, 'last'), '');
    return { parent, folder };
  };

  it('is the last one until the new one is whole', async () => {
    const { parent, folder } = earlier();
    const filled = makeDemoFolder(folder, async (fresh) => {
      expect(readdirSync(folder)).toContain('last');
      writeFileSync(join(fresh, 'new'), '');
      return 'filled';
    });
    expect(await filled).toBe('filled');
    expect(readdirSync(folder)).toEqual(['.daytally-demo', 'new']);
    expect(readdirSync(parent)).toEqual(['demo']);
  });

  it('stays the last one where something goes wrong', async () => {
    const { parent, folder } = earlier();
    await expect(makeDemoFolder(folder, () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
    expect(readdirSync(folder)).toContain('last');
    expect(readdirSync(parent)).toEqual(['demo']);
  });

  it('may be the target of a link, and need not exist', async () => {
    const { parent, folder } = earlier();
    symlinkSync(folder, join(parent, 'link'));
    await makeDemoFolder(join(parent, 'link'), async () => {});
    expect(readdirSync(folder)).toEqual(['.daytally-demo']);
    await makeDemoFolder(join(parent, 'a/b'), async () => {});
    expect(readdirSync(join(parent, 'a'))).toEqual(['b']);
  });

  it('is one word of a shell, whatever it is called', () => {
    expect(nextSteps("it's a demo", { to: '2026-11-21', apps: ['chess'] })).toContain(
      "daytally status --folder 'it'\\''s a demo'\n",
    );
  });
});

it('a quiet day has a ledger entry without apps, and a day that was never finished has none', async () => {
  const source = new SimulatedTable({ keys: ['modelId'], ttlAttribute: 'expiresAt', ttlLagMillis: 0 });
  const chain = await LocalChain.open({
    source,
    definition: gamesDefinition,
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
