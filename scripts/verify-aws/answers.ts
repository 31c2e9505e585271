import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type AwsOptions,
  clientOptions,
  exportSettings,
  findInstallation,
  type Installation,
} from '../../src/adapters/aws/installation.ts';
import { LedgerReader } from '../../src/adapters/aws/ledger-reader.ts';
import { MAX_RECOVERY_DAYS } from '../../src/domain/recovery.ts';
import type { LedgerEntry } from '../../src/domain/run-ledger.ts';
import { dayOfMillis, daysBetween, formatDay } from '../../src/domain/utc-day.ts';
import { messageOf } from '../../src/pipeline/faults.ts';
import { questions } from './questions.ts';

/** What the questions are about. */
export interface Asked {
  readonly installation: Installation;
  readonly settings: Awaited<ReturnType<typeof exportSettings>>;
  readonly options: AwsOptions;
  /** Of the day that was counted last; undefined where none was. */
  readonly last: LedgerEntry | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** `as expected`, `OTHER` than expected, `not yet` to be seen, or to be tried `by hand`. */
export type Verdict = 'as expected' | 'OTHER' | 'not yet' | 'by hand';

export interface Answer {
  readonly verdict: Verdict;
  readonly found: string;
}

/** Something that only a real account can prove; its number is that of docs/first-deployment.md. */
export interface Question {
  readonly number: number;
  readonly question: string;
  readonly expected: string;
  /** Looks it up, and changes nothing. */
  readonly ask: (asked: Asked) => Promise<Answer>;
}

export type Answered = Omit<Question, 'ask'> & Answer;

/** @throws PipelineFault where there is no such stack */
export async function answerAll({ stack, ...options }: AwsOptions & { readonly stack: string }): Promise<Answered[]> {
  const installation = await findInstallation(stack, options);
  const settings = await exportSettings(installation.ExportFunctionName, options);
  const now = Date.now();
  const asked = { installation, settings, options, now, last: await lastEntry(installation, options, now) };
  return await Promise.all(
    questions.map(async ({ ask, ...question }) => {
      const answer = await ask(asked).catch((error: unknown) => ({
        verdict: 'OTHER' as const,
        found: `could not be looked up: ${messageOf(error)}`,
      }));
      return { ...question, ...answer };
    }),
  );
}

async function lastEntry(
  { AnalyticsTableName: tableName }: Installation,
  options: AwsOptions,
  now: number,
): Promise<LedgerEntry | undefined> {
  const reader = new LedgerReader({ client: new DynamoDBClient(clientOptions(options)), tableName });
  const today = dayOfMillis(now);
  const dates = daysBetween(today - MAX_RECOVERY_DAYS, today - 1).map(formatDay);
  const entries = await reader.readLedger(dates, { consistent: false });
  return entries.sort((a, b) => (a.date < b.date ? -1 : 1)).at(-1);
}
