import { DescribeExportCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing';
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, NotFound, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../src/domain/run-ledger.ts';
import { dayOfMillis, formatDay, midnightOf } from '../../src/domain/utc-day.ts';
import { asBackfill, ledgerEntry, summary } from '../support/ledger.ts';
import { mockInstallation, TABLE_ARN } from '../support/mocked-aws.ts';
import { runCli } from '../support/run-cli.ts';
import { shopDefinition } from '../support/shop.ts';

const today = dayOfMillis(Date.now());
const [first, last] = [today - 4, today - 3];
const [from, to] = [formatDay(first), formatDay(last)];

let aws: ReturnType<typeof mockInstallation>;
const s3 = mockClient(S3Client);
const pricing = mockClient(PricingClient);

/** A product of AWS's price list with a price for each band of use. */
const priceListEntry = (...dollars: string[]): string =>
  JSON.stringify({
    product: { productFamily: 'Amazon DynamoDB Export Data Size' },
    terms: {
      OnDemand: {
        'A.B': {
          priceDimensions: Object.fromEntries(dollars.map((USD, band) => [`A.B.${band}`, { pricePerUnit: { USD } }])),
        },
      },
    },
  });

beforeEach(() => {
  aws = mockInstallation({ recoverableSince: midnightOf(today - 20) });
  s3.reset();
  pricing.reset();
});

const put = (...entries: LedgerEntry[]) => {
  for (const entry of entries) aws.ledger.set(entry.date, entry);
};

const NEW_EXPORT = '99999999999999-new';

/** The Export function starts one export a window; `after` happens once it has answered. */
function exportFunctionAnswers(answer: object, after: () => void = () => {}): void {
  aws.lambda.on(InvokeCommand).callsFake(() => {
    setTimeout(after, 20);
    return { Payload: Buffer.from(JSON.stringify(answer)) };
  });
  aws.dynamoDb.on(DescribeExportCommand).resolves({ ExportDescription: { ExportStatus: 'IN_PROGRESS' } });
}

const started = (windowFrom: string, windowTo: string) => ({
  window: { from: windowFrom, to: windowTo },
  exportArn: `${TABLE_ARN}/export/${NEW_EXPORT}`,
  keyPrefix: 'exports/',
  alreadyStarted: false,
});

const requested = (): unknown => JSON.parse(`${aws.lambda.commandCalls(InvokeCommand)[0]?.args[0].input.Payload}`);

describe('daytally replay', () => {
  it('asks the Export function and says what it started', async () => {
    exportFunctionAnswers({ mode: 'replay', started: [started(from, from), started(to, to)], lost: [] });
    const { code, stdout } = await runCli('replay', '--from', from, '--to', to);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${from}  export started  ${TABLE_ARN}/export/${NEW_EXPORT}\n${to}  export started  ${TABLE_ARN}/export/${NEW_EXPORT}\n`,
    });
    expect(requested()).toEqual({ mode: 'replay', from, to });
  });

  it('waits until the ledger shows the result, and says what changed', async () => {
    put(asBackfill(ledgerEntry(first, { chess: summary(5, 9) })), ledgerEntry(last, { chess: summary(7, 8) }));
    exportFunctionAnswers({ mode: 'replay', started: [started(from, to)], lost: [] }, () =>
      put(
        ledgerEntry(first, { chess: summary(6, 12) }, { exportId: NEW_EXPORT }),
        ledgerEntry(last, { chess: summary(7, 8) }, { exportId: NEW_EXPORT }),
      ),
    );
    const { code, stdout } = await runCli('replay', '--from', from, '--to', to, '--wait', '--poll', '1');
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(1)).toEqual([
      '3 changes',
      'Day         App    Metric            before  after',
      `${from}         quality       lowerBound  exact`,
      `${from}  chess  Active users           5      6`,
      `${from}  chess  Games played           9     12`,
      '',
    ]);
  });

  it('stops waiting where the export has failed', async () => {
    exportFunctionAnswers({ mode: 'replay', started: [started(from, from)], lost: [] });
    aws.dynamoDb.on(DescribeExportCommand).resolves({
      ExportDescription: { ExportStatus: 'FAILED', FailureCode: 'S3AccessDenied', FailureMessage: 'no' },
    });
    const { code, stderr } = await runCli('replay', '--from', from, '--to', from, '--wait', '--poll', '1');
    expect(code).toBe(1);
    expect(stderr).toContain('the export has failed; found S3AccessDenied: no');
  });

  it('ends with 1 where days are lost', async () => {
    exportFunctionAnswers({ mode: 'replay', started: [], lost: [{ date: from, remedy: 'backfill' }] });
    const { code, stderr } = await runCli('replay', '--from', from, '--to', from);
    expect(code).toBe(1);
    expect(stderr).toContain(`no exact export can be made any more of ${from}; backfill`);
  });

  it('says what it would do, and does nothing', async () => {
    put(ledgerEntry(last));
    const old = formatDay(today - 22);
    pricing.on(GetProductsCommand).resolves({ PriceList: [priceListEntry('0.1190000000')] });
    const { code, stdout } = await runCli('replay', '--from', old, '--to', to, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain(`${today - 3 - (today - 20) + 1} incremental exports, one a day: 1 of days that have`);
    expect(stdout).toContain(`not possible any more: ${old}, `);
    expect(stdout).toContain('$0.119 per GB (the price in eu-west-2), at least 10 MB a day: $0.021 or more');
    expect(aws.lambda.commandCalls(InvokeCommand)).toEqual([]);
  });

  it('takes one day by itself', async () => {
    exportFunctionAnswers({ mode: 'replay', started: [started(from, from)], lost: [] });
    expect(await runCli('replay', from)).toMatchObject({ code: 0 });
    expect(requested()).toEqual({ mode: 'replay', from, to: from });
  });

  it('waits for a fraction of a minute, and looks at fractions of a second', async () => {
    exportFunctionAnswers({ mode: 'replay', started: [started(from, from)], lost: [] });
    const begin = Date.now();
    const { code, stderr } = await runCli('replay', from, '--wait', '--timeout', '0.005', '--poll', '.1');
    expect(code).toBe(1);
    expect(stderr).toContain(`1 day not finished after 0.005 minutes (${from}); the work goes on by itself`);
    expect(Date.now() - begin).toBeLessThan(15_000);
  });

  it.each(['0', '-1', '1e3', 'soon', ''])('refuses to wait for %j minutes', async (minutes) => {
    const { code, stderr } = await runCli('replay', from, '--wait', `--timeout=${minutes}`);
    expect(code).toBe(2);
    expect(stderr).toContain('Expected a number above 0, such as 2 or 0.5');
  });

  it.each([
    [['--from', to, '--to', from], '--from lies after --to'],
    [['--from', from, '--to', formatDay(today)], '--to: expected a day before today (UTC)'],
    [['--from', from], 'name a day, or both --from and --to'],
    [[], 'name a day, or both --from and --to'],
    [[from, '--to', to], 'name a day, or --from and --to, not both'],
    [[formatDay(today)], '<day>: expected a day before today (UTC)'],
  ])('refuses %j', async (words, message) => {
    const { code, stderr } = await runCli('replay', ...words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('daytally backfill', () => {
  it.each([
    ['--dry-run', 'stdout'] as const,
    [undefined, 'stderr'] as const,
  ])('says beforehand which metrics it cannot count (%s)', async (option, stream) => {
    const untold = { buyers: null, revenue: null };
    aws.dynamoDb.on(DescribeTableCommand).resolves({ Table: { ItemCount: 1, TableSizeBytes: 1 } });
    aws.definitions.set(shopDefinition.hash, shopDefinition);
    put(ledgerEntry(last, { web: untold }, { definition: shopDefinition.hash, nothing: untold }));
    exportFunctionAnswers({ mode: 'backfill', started: [started(from, to)], lost: [] });
    const { code, [stream]: says } = await runCli('backfill', '--from', from, ...(option ? [option] : []));
    expect(code).toBe(0);
    expect(says).toMatch(/not counted: .*revenue/);
    expect(says).not.toMatch(/not counted: .*shoppers/);
  });

  it('has nothing of the kind to say of the games', async () => {
    put(ledgerEntry(last));
    exportFunctionAnswers({ mode: 'backfill', started: [started(from, to)], lost: [] });
    expect((await runCli('backfill', '--from', from)).stderr).not.toContain('not counted');
  });

  it('waits for lower bounds, and not for days that are exact already', async () => {
    const days = Array.from({ length: today - first }, (_, index) => first + index);
    put(...days.slice(1).map((day) => ledgerEntry(day, { chess: summary(1) })));
    exportFunctionAnswers({ mode: 'backfill', started: [started(from, formatDay(today - 1))], lost: [] }, () =>
      put({ ...asBackfill(ledgerEntry(first, { chess: summary(3) })), exportId: NEW_EXPORT }),
    );
    const { code, stdout } = await runCli('backfill', '--from', from, '--wait', '--poll', '1');
    expect(code).toBe(0);
    expect(requested()).toEqual({ mode: 'backfill', backfillStartDate: from });
    expect(stdout).toMatch(new RegExp(`${from} +quality +– +lowerBound\n${from} +chess +Active users +– +3\n`));
  });

  describe('in a dry run', () => {
    const dryRun = async () => (await runCli('backfill', '--from', from, '--dry-run')).stdout;

    beforeEach(() => {
      put(ledgerEntry(last));
      aws.dynamoDb.on(DescribeTableCommand).resolves({ Table: { TableSizeBytes: 12.5e9, ItemCount: 5_000_000 } });
    });

    it("says what it would do and cost, at the price of the table's region", async () => {
      pricing.on(GetProductsCommand).resolves({ PriceList: [priceListEntry('0.0000000000', '0.1190000000')] });
      const stdout = await dryRun();
      expect(stdout).toContain('4 days: 1 exact would stay as they are, 3 would get lower bounds');
      expect(stdout).toContain('one full export of 5,000,000 items, 12.5 GB\n');
      expect(stdout).toContain('cost: about $1.49, once; $0.119 per GB (the price in eu-west-2)\n');
      expect(pricing.commandCalls(GetProductsCommand)[0]?.args[0].input.Filters).toEqual([
        { Type: 'TERM_MATCH', Field: 'regionCode', Value: 'eu-west-2' },
        { Type: 'TERM_MATCH', Field: 'volumeType', Value: 'Amazon DynamoDB - Export Size' },
      ]);
    });

    it.each([
      ['there is none in the list', () => pricing.on(GetProductsCommand).resolves({ PriceList: [] }), /has none\)/],
      [
        'it may not look',
        () => pricing.on(GetProductsCommand).rejects(new Error('not authorized')),
        /not authorized\)/,
      ],
      [
        'the list is of another form',
        () => pricing.on(GetProductsCommand).resolves({ PriceList: ['{"terms": {}}'] }),
        /the price list of AWS is not valid: terms.OnDemand/,
      ],
    ])('says whose price it takes where %s', async (_, answer, why) => {
      answer();
      const stdout = await dryRun();
      expect(stdout).toMatch(
        /about \$1\.25, once; \$0\.1 per GB \(the price in us-east-1; that of eu-west-2 is not known/,
      );
      expect(stdout).toMatch(why);
    });
  });

  it("passes on the function's own error", async () => {
    aws.lambda.on(InvokeCommand).resolves({
      FunctionError: 'Unhandled',
      Payload: Buffer.from(JSON.stringify({ errorMessage: 'point-in-time recovery is off' })) as never,
    });
    const { code, stderr } = await runCli('backfill', '--from', from);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'daytally: daytally-export: point-in-time recovery is off\n' });
  });

  it('names a stack that is not there', async () => {
    const { code, stderr } = await runCli('backfill', '--from', from, '--stack', 'Nope');
    expect(code).toBe(1);
    expect(stderr).toContain('Nope in eu-west-2: there is no such stack');
  });
});

describe('daytally reprocess', () => {
  const entry = ledgerEntry(last, { chess: summary(7) });
  const key = entry.manifest.key;
  const folder = key.replace(/manifest-summary\.json$/, '');

  beforeEach(() => {
    put({ ...entry, manifest: { ...entry.manifest, bucket: 'daytally-exports' } });
    const manifest = {
      version: '2020-06-30',
      exportArn: `${TABLE_ARN}/export/${entry.exportId}`,
      startTime: '2026-11-21T02:00:00.000Z',
      endTime: '2026-11-21T02:05:00.000Z',
      tableArn: TABLE_ARN,
      s3Bucket: 'daytally-exports',
      s3Prefix: null,
      manifestFilesS3Key: `${folder}manifest-files.json`,
      billedSizeBytes: 0,
      itemCount: 1,
      outputFormat: 'DYNAMODB_JSON',
      exportType: 'INCREMENTAL_EXPORT',
      outputView: 'NEW_AND_OLD_IMAGES',
      exportFromTime: new Date(midnightOf(last)).toISOString(),
      exportToTime: new Date(midnightOf(last + 1)).toISOString(),
    };
    const file = {
      itemCount: 1,
      md5Checksum: 'sQMSpEILNgoQmarvDFonGQ==',
      etag: 'x',
      dataFileS3Key: `${folder}data.json.gz`,
    };
    const body = (text: string) => ({ Body: [Buffer.from(text)] as never, ContentLength: Buffer.byteLength(text) });
    s3.on(HeadObjectCommand).resolves({});
    s3.on(GetObjectCommand, { Key: key }).resolves(body(JSON.stringify(manifest)));
    s3.on(GetObjectCommand, { Key: `${folder}manifest-files.json` }).resolves(body(`${JSON.stringify(file)}\n`));
  });

  it.each([
    ['a day', to],
    ['an export id', entry.exportId],
    ['the key of a manifest', key],
  ])('finds the manifest by %s and copies it onto itself', async (_, what) => {
    expect(await runCli('reprocess', what)).toMatchObject({ code: 0, stderr: '' });
    expect(s3.commandCalls(CopyObjectCommand).map(({ args }) => args[0].input)).toMatchObject([
      { Bucket: 'daytally-exports', Key: key, CopySource: `daytally-exports/${key}`, MetadataDirective: 'REPLACE' },
    ]);
  });

  it('waits for the new run', async () => {
    s3.on(CopyObjectCommand).callsFake(() => {
      setTimeout(() => put({ ...entry, runId: 'another', apps: new Map([['chess', summary(8)]]) }), 20);
      return {};
    });
    const { stdout } = await runCli('reprocess', to, '--wait', '--poll', '1');
    expect(stdout).toMatch(/1 change\n.*\n.* chess +Active users +7 +8\n/);
  });

  it('does nothing in a dry run', async () => {
    const { stdout } = await runCli('reprocess', to, '--dry-run');
    expect(stdout).toContain('Would drop again: s3://daytally-exports/');
    expect(s3.commandCalls(CopyObjectCommand)).toEqual([]);
  });

  it.each([
    ['the manifest', key],
    ['a data file', `${folder}data.json.gz`],
  ])('proposes a replay where %s has expired', async (_, missing) => {
    s3.on(HeadObjectCommand, { Key: missing }).rejects(new NotFound({ message: 'gone', $metadata: {} }));
    s3.on(HeadObjectCommand, { Key: entry.manifest.key.split('AWSDynamoDB')[0] + missing }).rejects(
      new NotFound({ message: 'gone', $metadata: {} }),
    );
    const { code, stderr } = await runCli('reprocess', to);
    expect(code).toBe(1);
    expect(stderr).toContain(`daytally replay ${to}`);
    expect(s3.commandCalls(CopyObjectCommand)).toEqual([]);
  });

  it('says so where the ledger does not know the export', async () => {
    const { code, stderr } = await runCli('reprocess', '0000-none');
    expect(code).toBe(1);
    expect(stderr).toContain('0000-none: the ledger knows no such export');
  });
});

it.each(['backfill', 'replay', 'reprocess', 'doctor'])('%s shows examples in its help', async (command) => {
  const { code, stdout } = await runCli(command, '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`Examples:\n  # .*\n  daytally ${command}`));
});
