import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { definitionFile } from '../support/definition-file.ts';
import { type ExportLayout, temporaryDirectory, writeExport } from '../support/exports.ts';
import { firstGames } from '../support/first-games.ts';
import { runCli, spawnCli } from '../support/run-cli.ts';

const at = '1732190400'; // 2024-11-21T12:00:00Z
const line = (image: object) => JSON.stringify({ Metadata: {}, Keys: {}, NewImage: image });
const session = (app: string, user: string, id = '1') =>
  line({ modelId: { S: `session-${app}-${id}` }, owner: { S: `user-${user}` }, updatedAt: { N: at } });
const party = line({ modelId: { S: 'party-sudoku-1' }, owner: { S: 'user-ada' }, createdAt: { N: at } });
const member = line({ modelId: { S: 'member-user-grace' }, owner: { S: 'party-sudoku-1' }, createdAt: { N: at } });
const day = '2024-11-21';

const lines = [
  session('sudoku', 'ada'),
  session('sudoku', 'ada', '2'),
  session('sudoku', '__proto__'),
  session('__proto__', 'grace'),
  party,
  member,
  line({ modelId: { S: 'config-1' } }),
  JSON.stringify({ Keys: {}, OldImage: {} }),
  line({ modelId: { S: 'session-sudoku-3' }, owner: { S: 'user-ada' }, updatedAt: { N: '1732233600' } }),
  `${session('sudoku', 'ada')}${session('sudoku', 'ada')}`,
];

describe('daytally aggregate', () => {
  it('prints JSON and nothing else', async () => {
    const { code, stdout, stderr } = await spawnCli(
      'aggregate',
      writeExport({ files: [lines] }),
      '--definition',
      definitionFile(firstGames),
      '--format',
      'json',
      '--detail',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('1 malformed') });
    expect(JSON.parse(stdout)).toEqual({
      export: { exportId: '01732233600000-a1b2c3d4', exportType: 'INCREMENTAL_EXPORT', window: { from: day, to: day } },
      records: { read: 10, counted: 6, ignored: 1, deleted: 1, outsideWindow: 1, malformed: 1 },
      rejects: [{ file: 'AWSDynamoDB/data/file0.json.gz', line: 10, reason: 'line.json' }],
      days: [
        {
          date: day,
          app: '__proto__',
          activeUsers: 1,
          gamesPlayed: 1,
          partiesCreated: 0,
          partiesJoined: 0,
          activeUserIds: ['grace'],
          gamesPerUser: { grace: 1 },
          partiesCreatedPerUser: {},
        },
        {
          date: day,
          app: 'sudoku',
          activeUsers: 2,
          gamesPlayed: 3,
          partiesCreated: 1,
          partiesJoined: 1,
          activeUserIds: ['__proto__', 'ada'],
          gamesPerUser: JSON.parse('{"__proto__": 1, "ada": 2}'),
          partiesCreatedPerUser: { ada: 1 },
        },
      ],
    });
  });

  it('prints CSV', async () => {
    const { stdout } = await runCli(
      'aggregate',
      writeExport({ files: [[session('su"d,oku', 'ada')]] }),
      '--definition',
      definitionFile(firstGames),
      '--format',
      'csv',
    );
    expect(stdout).toBe(`date,app,activeUsers,gamesPlayed,partiesCreated,partiesJoined\n${day},"su""d,oku",1,1,0,0\n`);
  });

  it('says how many records were read the slow way, where there are such, and counts no malformed ones into it', async () => {
    const written = session('sudoku', 'ada');
    const spaced = written.replace('{', '{ ');
    const mixed = await runCli('aggregate', writeExport({ files: [[written, 'no JSON', written, spaced]] }));
    expect(mixed.stderr).toContain('note: 1 of 4 records were read the slow way: counted alike, but far slower');
    const plain = await runCli('aggregate', writeExport({ files: [[written, 'no JSON']] }));
    expect(plain.stderr).toContain('1 malformed');
    expect(plain.stderr).not.toContain('slow way');
  });

  it('prints a table, with no control characters of an app that has some', async () => {
    const { stdout } = await runCli('aggregate', writeExport({ files: [[session('a\u001b[31m\nb', 'ada')]] }));
    expect(stdout).toContain('activeUsers');
    expect(stdout).toContain('1 record: 1 counted');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f]/);
  });

  it('says in the table why records are malformed', async () => {
    const bad = line({ modelId: { S: 'session-chess-1' }, owner: { S: 'nobody' } });
    const { code, stdout } = await runCli(
      'aggregate',
      writeExport({ files: [[session('chess', 'ada'), bad, bad, '{']] }),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/3 malformed\nmalformed: 2 updatedAt\.missing, 1 line\.json\n$/);
  });

  it.each<[string, string[], string, string]>([
    [
      'another kind of table',
      [line({ PK: { S: 'a' } }), line({ PK: { S: 'b' } }), JSON.stringify({ Keys: {} })],
      'nothing was counted of 3 records: no item has the attribute modelId',
      'malformed: 2 modelId.missing\nno item has the attribute modelId\n',
    ],
    [
      'one where only some lack an attribute',
      [line({ PK: { S: 'a' } }), line({ modelId: { N: '1' } })],
      'nothing was counted of 2 records: 2 malformed (1 modelId.missing, 1 modelId.type)',
      'malformed: 1 modelId.missing, 1 modelId.type\n',
    ],
    [
      'items of other kinds',
      [line({ modelId: { S: 'config-1' } }), line({ modelId: { S: 'config-2' } })],
      'nothing was counted of 2 records: 2 items of kinds that are not counted',
      '2 records: 0 counted, 2 ignored, 0 deleted, 0 outsideWindow, 0 malformed\n',
    ],
    [
      'another day',
      [line({ modelId: { S: 'session-a-1' }, owner: { S: 'user-b' }, updatedAt: { N: '1732233600' } })],
      'nothing was counted of 1 record: 1 outside 2024-11-21 to 2024-11-21',
      '1 outsideWindow',
    ],
  ])('exits with 1 and says why where nothing was counted: %s', async (_name, records, why, inTable) => {
    const path = writeExport({ files: [records] });
    const table = await runCli('aggregate', path);
    expect(table.code).toBe(1);
    expect(table.stdout).toContain(inTable);
    expect(table.stderr).toContain(`daytally: ${why}\n`);
    const json = await runCli('aggregate', path, '--format', 'json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout).days).toEqual([]);
    expect(json.stderr).toContain(why);
  });

  it('exits with 1 where the export covers no whole day', async () => {
    const summary = { exportToTime: '2024-11-21T12:00:00.000Z' };
    const { code, stderr } = await runCli('aggregate', writeExport({ summary }));
    expect(code).toBe(1);
    expect(stderr).toContain('nothing was counted of 0 records: no whole UTC day lies in the window');
  });

  it.each([
    ['no records', []],
    ['deleted items only', [JSON.stringify({ Keys: {} })]],
  ])('takes a quiet day as it is: %s', async (_name, records) => {
    expect(await runCli('aggregate', writeExport({ files: [records] }))).toMatchObject({ code: 0, stderr: '' });
  });

  it('narrows the window with --from and --to, and never widens it', async () => {
    const path = writeExport({ files: [lines] });
    const inside = JSON.parse(
      (await runCli('aggregate', path, '--format', 'json', '--from', '2024-01-01', '--to', '2024-12-31')).stdout,
    );
    expect(inside.export.window).toEqual({ from: day, to: day });
    const outside = JSON.parse((await runCli('aggregate', path, '--format', 'json', '--to', '2024-11-20')).stdout);
    expect(outside.records).toMatchObject({ counted: 0, outsideWindow: 7 });
    expect(outside.days).toEqual([]);
  });

  it.each([
    ['no such option', ['aggregate', '.', '--nope']],
    ['no export named', ['aggregate']],
    ['a day that does not exist', ['aggregate', '.', '--from', '2024-02-30']],
    ['a window that ends before it begins', ['aggregate', '.', '--from', '2024-02-02', '--to', '2024-02-01']],
    ['an unknown format', ['aggregate', '.', '--format', 'xml']],
    ['--detail without JSON', ['aggregate', '.', '--detail']],
    ['no threads', ['aggregate', '.', '--threads', '0']],
    ['an unknown command', ['agregate', '.']],
  ])('exits with 2 for %s', async (_name, words) => {
    const { code, stdout, stderr } = await runCli(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toBe('');
  });
});

const key0 = 'AWSDynamoDB/data/file0.json.gz';
const cutGzip = gzipSync(lines.join('\n')).subarray(0, 100);

describe('an export that is not what it promises exits with 1, says why on stderr and prints nothing', () => {
  it.each<[string, ExportLayout, RegExp[]]>([
    ['missing data file', { files: [lines], leaveOut: (key) => key === key0 }, [/file0\.json\.gz/, /missing/]],
    [
      'missing manifest-files.json',
      { leaveOut: (key) => key.endsWith('manifest-files.json') },
      [/manifest-files\.json/, /missing/],
    ],
    [
      'wrong md5',
      { files: [lines], entries: [{ md5Checksum: 'AAAAAAAAAAAAAAAAAAAAAA==' }] },
      [/file0/, /md5Checksum/, /expected AAAA/, /found [A-Za-z0-9+/]{22}==/],
    ],
    [
      'wrong itemCount of a file',
      { files: [lines], entries: [{ itemCount: 11 }] },
      [/file0/, /itemCount/, /expected 11; found 10/],
    ],
    [
      'wrong itemCount in total',
      { files: [lines], summary: { itemCount: 9 } },
      [/manifest-summary\.json/, /expected itemCount 9; found 10/],
    ],
    ['truncated gzip', { files: [cutGzip] }, [/file0/, /expected a whole gzip file; found unexpected end of file/]],
    ['no gzip at all', { files: [Buffer.from('plain text')] }, [/file0/, /gzip/, /incorrect header check/]],
    [
      'ION output',
      { summary: { outputFormat: 'ION' } },
      [/manifest-summary\.json/, /outputFormat: expected "DYNAMODB_JSON".*found "ION"/],
    ],
    [
      'manifest that is not JSON',
      { summaryText: '<html>' },
      [/manifest-summary\.json/, /expected JSON, found "<html>"/],
    ],
    [
      'key that leads out of the directory',
      { entries: [{ dataFileS3Key: '../../../etc/passwd' }] },
      [/leads out/, /etc\/passwd/],
    ],
  ])('%s', async (_name, layout, messages) => {
    const { code, stdout, stderr } = await runCli('aggregate', writeExport(layout), '--format', 'json');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const message of messages) expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('no manifest', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'data.json.gz'), '');
    const { code, stdout, stderr } = await runCli('aggregate', directory);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/expected one manifest-summary\.json; found none/);
  });

  it('several manifests', async () => {
    const directory = writeExport({ prefix: 'b/' }, writeExport({ prefix: 'a/' }));
    const { code, stderr } = await runCli('aggregate', directory);
    expect(code).toBe(1);
    expect(stderr).toMatch(/found 2; name one of them, such as the newest: .*\/[ab]\n/);
  });

  it('no such directory', async () => {
    expect(await spawnCli('aggregate', join(temporaryDirectory(), 'nope'))).toMatchObject({ code: 1, stdout: '' });
  });
});
