import { DescribeExportCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { runProgram } from '../../src/cli/program.ts';
import { openTerminal } from '../../src/cli/terminal/terminal.ts';
import { dayOfMillis, formatDay, midnightOf } from '../../src/domain/utc-day.ts';
import { asBackfill, ledgerEntry, summary } from './ledger.ts';
import { mockHealth, mockInstallation, TABLE_ARN } from './mocked-aws.ts';

/*
 * Commands one after another in one process, on its own stdout and stderr, with an AWS that answers well:
 * the words of each as JSON in the first argument. A night is missing; a backfill counts one day after a while.
 */

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const today = dayOfMillis(Date.now());
const aws = mockInstallation({ recoverableSince: midnightOf(today - 20) });
mockHealth(aws);
const put = (entry: ReturnType<typeof ledgerEntry>) => aws.ledger.set(entry.date, entry);
for (const ago of [1, 2, 4, 5]) {
  put(ledgerEntry(today - ago, { chess: summary(ago * 10, 7), 日本語のアプリの長い名前: summary(1_234_567, ago) }));
}
put(asBackfill(ledgerEntry(today - 400, { chess: summary(3) })));

const from = formatDay(today - 6);
const exportId = '99999999999999-new';
const started = {
  window: { from, to: from },
  exportArn: `${TABLE_ARN}/export/${exportId}`,
  keyPrefix: 'exports/',
  alreadyStarted: false,
};
aws.lambda.on(InvokeCommand).callsFake(() => {
  const counted = ledgerEntry(today - 6, { chess: summary(3, 7), checkers: summary(1_234_567) }, { exportId });
  setTimeout(() => put({ ...asBackfill(counted), exportId }), 200);
  return { Payload: Buffer.from(JSON.stringify({ mode: 'backfill', started: [started], lost: [] })) };
});

aws.dynamoDb.on(DescribeExportCommand).resolves({ ExportDescription: { ExportStatus: 'IN_PROGRESS' } });

const { stdout, stderr, env } = process;
const terminal = openTerminal({ stdout, stderr, env, typedName: 'daytally' });
for (const words of JSON.parse(process.argv[2] ?? '[]') as string[][]) {
  terminal.note(`$ daytally ${words[0]}`);
  await runProgram(words, terminal);
}
