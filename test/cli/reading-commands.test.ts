import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeFailure } from '../../src/cli/failures.ts';
import { dayOfMillis, formatDay } from '../../src/domain/utc-day.ts';
import { firstGames } from '../support/first-games.ts';
import { asBackfill, ledgerEntry, summary } from '../support/ledger.ts';
import { ledgerFolder, removeFolder } from '../support/ledger-folder.ts';
import { runCli, spawnCli } from '../support/run-cli.ts';

const today = dayOfMillis(Date.now());
/** The day before yesterday is surely due, whatever the hour. */
const last = today - 2;
const [lastDate, missedDate] = [formatDay(last), formatDay(last - 1)];

const finished = [
  asBackfill(ledgerEntry(last - 3, { chess: summary(30, 60, 3, 4) })),
  ledgerEntry(
    last - 2,
    { chess: summary(10, 20, 3, 4) },
    { replaced: { ...asBackfill(ledgerEntry(last - 2, { chess: summary(9, 18) })) } },
  ),
];
const withGap = [...finished, ledgerEntry(last, { chess: summary(11, 22, 3, 4), 'go "live"': summary(1, 2) })];

let well: string;
let gap: string;
let quiet: string;
beforeAll(async () => {
  gap = await ledgerFolder(withGap);
  quiet = await ledgerFolder([ledgerEntry(last - 4, { chess: summary(1) }), ledgerEntry(last - 3, { go: summary(1) })]);
  well = await ledgerFolder([...withGap, ledgerEntry(last - 1, {}), ledgerEntry(today - 1, {})]);
});
afterAll(async () => await Promise.all([gap, well, quiet].map(removeFolder)));

const reportOf = (...words: string[]) => runCli('report', '--folder', gap, '--to', lastDate, ...words);

describe('daytally report', () => {
  it('prints trends and the calendar', async () => {
    const { code, stdout } = await reportOf();
    expect(code).toBe(0);
    expect(stdout).toMatch(/chess +·+█▃·▄ +11/);
    expect(stdout).toContain(`daytally replay ${missedDate}`);
  });

  it('writes csv', async () => {
    const { stdout } = await reportOf('--format', 'csv', '--from', missedDate);
    expect(stdout).toBe(
      `date,app,activeUsers,gamesPlayed,partiesCreated,partiesJoined,quality\n${lastDate},chess,11,22,3,4,exact\n${lastDate},"go ""live""",1,2,0,0,exact\n`,
    );
  });

  it('writes json that holds nothing else on stdout', async () => {
    const { stdout } = await reportOf('--format', 'json', '--app', 'chess', '--metric', 'gamesPlayed');
    expect(JSON.parse(stdout).days.at(-1)).toEqual({ date: lastDate, app: 'chess', gamesPlayed: 22, quality: 'exact' });
  });

  it('writes a page to a file', async () => {
    const out = join(gap, 'page.html');
    const { stdout, stderr } = await reportOf('--format', 'html', '--out', out);
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: `wrote ${out}\n` });
    expect(await readFile(out, 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('writes Parquet that others can read', async () => {
    const out = join(gap, 'numbers.parquet');
    await reportOf('--format', 'parquet', '--out', out);
    const connection = await (await DuckDBInstance.create()).connect();
    const reader = await connection.runAndReadAll(`select app, gamesPlayed, quality from '${out}' order by date, app`);
    expect(reader.getRowsJson()[0]).toEqual(['chess', '60', 'lowerBound']);
    expect(reader.getRowsJson()).toHaveLength(6);
  });

  it.each([
    [['--app', 'nobody'], 1, 'nothing was counted for the app'],
    [['--format', 'parquet'], 2, '--format parquet needs --out'],
    [['--from', '2999-01-01'], 2, '--from lies after --to'],
    [['--from', '2026-02-30'], 2, 'Expected a date YYYY-MM-DD that exists'],
    [['--metric', 'fun'], 2, '--metric fun: expected one of activeUsers, gamesPlayed'],
    [['--table', 'also'], 2, 'cannot be used with'],
  ])('refuses %j', async (words, code, message) => {
    const result = await reportOf(...words);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toContain('    at ');
  });

  it('names a folder that holds no numbers', async () => {
    const { code, stderr } = await runCli('report', '--folder', '/nowhere');
    expect(code).toBe(1);
    expect(stderr).toContain('/nowhere: there are no stored numbers in the folder');
  });
});

describe('daytally status', () => {
  it('ends with 1 where a night is missing that can still be had', async () => {
    const { code, stdout, stderr } = await runCli('status', '--folder', gap);
    expect(code).toBe(1);
    expect(stdout).toContain(`daytally replay ${missedDate}`);
    expect(stderr).toMatch(/^daytally: \d nights? missing that can still be had\n$/);
  });

  it('ends with 0 where all is well', async () => {
    expect(await runCli('status', '--folder', well)).toMatchObject({ code: 0, stderr: '' });
  });

  it('tells scripts the state of each night', async () => {
    const { stdout } = await runCli('status', '--folder', well, '--days', '4', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      counts: { exact: 4 },
      remedies: [],
      nights: [{}, {}, {}, { state: 'exact' }],
    });
  });
});

describe('report, status and doctor', () => {
  const nightsSeen = async (...words: string[]) => {
    const seen: number[] = [];
    for (const command of ['report', 'status']) {
      const { stdout } = await runCli(command, '--folder', gap, '--format', 'json', ...words);
      seen.push(JSON.parse(stdout).nights.length);
    }
    return seen;
  };

  it('look at the same days where nothing else is said, and at so many as are asked for', async () => {
    expect(await nightsSeen()).toEqual([35, 35]);
    expect(await nightsSeen('--days', '3')).toEqual([3, 3]);
    expect(await nightsSeen('--from', lastDate)).toEqual([2, 2]);
    expect(await nightsSeen('--days', '4', '--to', lastDate)).toEqual([4, 4]);
  });

  it('read a folder alike: the doctor looks at its nights', async () => {
    const { code, stdout, stderr } = await runCli('doctor', '--folder', gap, '--format', 'json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'daytally: 1 problem found\n' });
    expect(JSON.parse(stdout).findings).toEqual([
      {
        check: 'nights',
        state: 'problem',
        says: expect.stringMatching(new RegExp(`^last finished ${lastDate}, \\d nights? missed$`)),
        remedy: `daytally replay ${missedDate}`,
      },
    ]);
    const good = await runCli('doctor', '--folder', well);
    expect(good).toEqual({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^✓ nights +last finished .*, none missing\n$/),
    });
  });
});

describe('daytally explain', () => {
  it('says where a number came from and what it replaced', async () => {
    const { code, stdout } = await runCli('explain', formatDay(last - 2), 'chess', '--folder', gap);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Games played +20 /);
    expect(stdout).toMatch(/manifest md5 +bWQ1\n/);
    expect(stdout).toMatch(/read +110 lines, 123.5 kB compressed\n/);
    expect(stdout).toMatch(/owner.format +1\n/);
    expect(stdout).toContain(`of version 1.0.0, definition ${firstGames.hash}\n`);
    expect(stdout).toMatch(/Replaced\n +export +01764000000000-backf111, FULL_EXPORT/);
    expect(stdout).toMatch(/Games played +18 /);
  });

  it('says which apps were counted where a known one was not', async () => {
    const { code, stdout } = await runCli('explain', formatDay(last - 3), 'chess', '--folder', quiet);
    expect(code).toBe(0);
    expect(stdout).toContain('nothing was counted for this app; counted: go');
  });

  it.each([
    ['ches', /ches: nothing was counted for the app; .*; found chess, go "live"; did you mean chess\?/],
    ['poker', /poker: nothing was counted for the app; .*; found chess, go "live"\n/],
  ])('refuses an app that no day knows: %s', async (app, message) => {
    const { code, stdout, stderr } = await runCli('explain', lastDate, app, '--folder', gap);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it.each([
    [['chess', '2026-11-20'], 'the day stands first:\n  daytally explain 2026-11-20 chess\n'],
    [['2026-02-30', 'chess'], '<day>: expected a date YYYY-MM-DD that exists, found 2026-02-30\n'],
  ])('tells of arguments that are no day and app: %j', async (words, message) => {
    expect(await runCli('explain', ...words, '--folder', gap)).toEqual({
      code: 2,
      stdout: '',
      stderr: `daytally: ${message}(daytally explain --help says more)\n`,
    });
  });

  it('says what to do about a night without numbers', async () => {
    const { code, stderr } = await runCli('explain', missedDate, 'chess', '--folder', gap);
    expect(code).toBe(1);
    expect(stderr).toContain(`${missedDate} has no numbers: missed`);
    expect(stderr).toContain(`daytally replay ${missedDate}`);
  });
});

describe('in a process of its own, without a terminal', () => {
  it('writes no control codes', async () => {
    const { stdout, stderr } = await spawnCli('report', '--folder', gap);
    expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('ends quietly where nobody reads on', async () => {
    const words = ['status', '--folder', gap, '--days', '9000', '--format', 'json'];
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    await once(child, 'close');
    expect(stderr).not.toContain('EPIPE');
  });

  it.each(['report', 'status', 'explain'])('%s shows examples in its help', async (command) => {
    const { code, stdout } = await runCli(command, '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples:\n  # .*\n  daytally ${command}\\b`));
  });
});

describe('a failure', () => {
  it('shows its stack where it is asked for, and only there', async () => {
    const words = ['report', '--folder', '/nowhere'];
    expect((await runCli(...words)).stderr).not.toContain('    at ');
    expect((await runCli(...words, '--verbose')).stderr).toContain('    at ');
  });

  it.each([
    ['Region is missing', 'Region is missing; name it with --region, or set AWS_REGION'],
    ['Could not load credentials from any providers', expect.stringContaining('log in to AWS')],
    ['getaddrinfo ENOTFOUND dynamodb.nowhere.amazonaws.com', expect.stringContaining('check the network')],
  ])('of the SDK says what to do: %s', (message, advised) => {
    expect(describeFailure(new Error(message), false).replace('daytally: ', '')).toEqual(advised);
  });
});
