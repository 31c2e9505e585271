import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOfMillis, formatDay } from '../../src/domain/utc-day.ts';
import { fullLine, incrementalLine, placed, profile, shop, visit } from '../support/another-table.ts';
import { definitionFile } from '../support/definition-file.ts';
import { writeExport } from '../support/exports.ts';
import { asBackfill, ledgerEntry } from '../support/ledger.ts';
import { ledgerFolder, removeFolder } from '../support/ledger-folder.ts';
import { queryParquet } from '../support/query-parquet.ts';
import { runCli } from '../support/run-cli.ts';

const noon = 1_732_190_400; // 2024-11-21T12:00:00Z
const LONG = '1234567890123456789012345678901234567.5';
const changes = [
  placed('ada', '1', noon, '1'),
  placed('grace', '1', noon, LONG),
  profile('ada', noon),
  visit('blog', '1'),
];
const full = { exportType: 'FULL_EXPORT', exportTime: '2024-11-22T00:10:00Z', exportFromTime: undefined };
const ids = 'buyers,revenue,taxes,refunds,refunded,profiles,visits';

describe('daytally aggregate with a definition of another table', () => {
  const aggregate = (path: string, ...words: string[]) =>
    runCli('aggregate', path, '--definition', definitionFile(shop), ...words);
  const incrementalExport = () => writeExport({ files: [changes.map(incrementalLine)] });
  const fullExport = () => writeExport({ files: [changes.map(fullLine)], summary: full });
  const sum = '1234567890123456789012345678901234568.5';

  it('prints sums with all their digits', async () => {
    const { stdout } = await aggregate(incrementalExport(), '--format', 'csv');
    expect(stdout).toBe(`date,app,${ids}\n2024-11-21,blog,0,0,0,0,0,0,1\n2024-11-21,web,2,${sum},0,0,0,1,0\n`);
    const table = await aggregate(incrementalExport());
    expect(table.stdout).toContain(` ${sum} `);
  });

  it('prints them as text in JSON, for no number there has so many', async () => {
    const { stdout } = await aggregate(incrementalExport(), '--format', 'json', '--detail');
    expect(JSON.parse(stdout).days[1]).toEqual({
      date: '2024-11-21',
      app: 'web',
      buyers: 2,
      revenue: sum,
      taxes: '0',
      refunds: 0,
      refunded: '0',
      profiles: 1,
      visits: 0,
      buyersIds: ['ada', 'grace'],
      refundsPerUser: {},
      profilesIds: ['ada'],
    });
  });

  it('leaves a number empty in CSV that a full export cannot tell', async () => {
    const { stdout } = await aggregate(fullExport(), '--format', 'csv');
    expect(stdout).toBe(`date,app,${ids}\n2024-11-21,web,,,,,,1,\n`);
  });

  it('prints null in JSON, and keeps no list of users', async () => {
    const { stdout } = await aggregate(fullExport(), '--format', 'json', '--detail');
    expect(JSON.parse(stdout).days).toEqual([
      {
        date: '2024-11-21',
        app: 'web',
        buyers: null,
        revenue: null,
        taxes: null,
        refunds: null,
        refunded: null,
        profiles: 1,
        visits: null,
        profilesIds: ['ada'],
      },
    ]);
  });

  it('and a dash in the table', async () => {
    const { stdout } = await aggregate(fullExport());
    expect(stdout).toMatch(/^2024-11-21 +web +– +– +– +– +– +1 +–$/m);
  });
});

const today = dayOfMillis(Date.now());
/** The day before yesterday is surely due, whatever the hour. */
const last = today - 2;
const [lastDate, dayBefore] = [formatDay(last), formatDay(last - 1)];
const untold = { buyers: null, revenue: null, taxes: null, refunds: null, refunded: null, profiles: 0, visits: null };
const zeros = { buyers: 0, revenue: '0', taxes: '0', refunds: 0, refunded: '0', profiles: 0, visits: 0 };
const counted = { definition: shop.hash };
const sold = { ...zeros, buyers: 3, revenue: '123.45', refunds: 1, refunded: '-0.5', profiles: 4, visits: 5 };

let folder: string;
beforeAll(async () => {
  const backfilled = { ...counted, nothing: untold };
  folder = await ledgerFolder(
    [
      asBackfill(ledgerEntry(last - 1, { web: { ...untold, profiles: 7 } }, backfilled)),
      ledgerEntry(last, { web: sold, blog: { ...zeros, visits: 1 } }, { ...counted, nothing: zeros }),
    ],
    shop,
  );
});
afterAll(async () => await removeFolder(folder));

describe('daytally report of another table', () => {
  const reportOf = (...words: string[]) =>
    runCli('report', '--folder', folder, '--from', dayBefore, '--to', lastDate, ...words);

  it('calls the metrics what the definition calls them, which stands in the table itself', async () => {
    const { code, stdout } = await reportOf();
    expect(code).toBe(0);
    for (const title of ['Buyers', 'Revenue', 'Taxes', 'Refunds', 'Profiles', 'Visits'])
      expect(stdout).toContain(title);
    expect(stdout).not.toContain('Active users');
  });

  it('leaves empty in CSV what a backfill could not tell, also of an app in which nothing was seen', async () => {
    const { stdout } = await reportOf('--format', 'csv');
    expect(stdout).toBe(
      `date,app,${ids},quality
${dayBefore},blog,,,,,,0,,lowerBound
${dayBefore},web,,,,,,7,,lowerBound
${lastDate},blog,0,0,0,0,0,0,1,exact
${lastDate},web,3,123.45,0,1,-0.5,4,5,exact
`,
    );
  });

  it('writes null and text in JSON', async () => {
    const { days } = JSON.parse((await reportOf('--format', 'json')).stdout);
    expect(days[1]).toEqual({ date: dayBefore, app: 'web', ...untold, profiles: 7, quality: 'lowerBound' });
    expect(days[3]).toEqual({ date: lastDate, app: 'web', ...sold, quality: 'exact' });
  });

  it('draws a gap for it, and never a zero', async () => {
    const { stdout } = await reportOf('--app', 'web', '--metric', 'buyers');
    expect(stdout).toMatch(/^web +·█ +3 /m);
  });

  it('has a dash for it in the table of the page', async () => {
    const { stdout } = await reportOf('--format', 'html');
    const numbers = stdout.slice(stdout.indexOf('<table class="numbers'));
    const rows = numbers.match(/<tr role="row"><th scope="row".*?<\/tr>/g) ?? [];
    const valuesOf = (row = ''): string[] => [...row.matchAll(/([^<>]+)<\/td>/g)].map(([, value = '']) => value);
    const [newest, , older] = rows;
    expect(valuesOf(newest)).toEqual(['3', '123.45', '0', '1', '-0.5', '4', '5']);
    expect(valuesOf(older)).toEqual(['–', '–', '–', '–', '–', '7', '–']);
  });

  it('has null for it in Parquet, and sums as text', async () => {
    const out = join(folder, 'numbers.parquet');
    await reportOf('--format', 'parquet', '--out', out);
    const rows = await queryParquet(await readFile(out), 'date, app, buyers, revenue, refunded, profiles, visits');
    expect(rows).toEqual([
      { date: dayBefore, app: 'blog', buyers: null, revenue: null, refunded: null, profiles: 0n, visits: null },
      { date: dayBefore, app: 'web', buyers: null, revenue: null, refunded: null, profiles: 7n, visits: null },
      { date: lastDate, app: 'blog', buyers: 0n, revenue: '0', refunded: '0', profiles: 0n, visits: 1n },
      { date: lastDate, app: 'web', buyers: 3n, revenue: '123.45', refunded: '-0.5', profiles: 4n, visits: 5n },
    ]);
  });

  it('refuses a metric that is not of the definition, and names those that are', async () => {
    const { code, stderr } = await reportOf('--metric', 'activeUsers');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(`--metric activeUsers: expected one of ${ids.replaceAll(',', ', ')}`),
    });
  });
});

describe('daytally explain of another table', () => {
  it('says what the export could not tell, and by which definition', async () => {
    const { stdout } = await runCli('explain', dayBefore, 'web', '--folder', folder);
    expect(stdout).toMatch(/^ +Buyers +– {2}\(this export cannot tell\)$/m);
    expect(stdout).toMatch(/^ +Profiles +7$/m);
    expect(stdout).toContain(`definition ${shop.hash}`);
  });

  it('shows a sum as it is', async () => {
    const { stdout } = await runCli('explain', lastDate, 'web', '--folder', folder);
    expect(stdout).toMatch(/^ +Revenue +123\.45 {2}\(of orders placed, before refunds\)$/m);
  });
});
