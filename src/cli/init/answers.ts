import { cancel, intro, outro, select, text } from '@clack/prompts';
import { UsageError } from '../failures.ts';

/** What the options of `daytally init` say. */
export interface InitOptions {
  readonly table?: string | undefined;
  readonly region?: string | undefined;
  readonly cdk?: 'app' | 'snippet' | undefined;
  readonly out: string;
  readonly export?: string | undefined;
}

export type InitChoices = { readonly [K in Exclude<keyof InitOptions, 'export'>]-?: NonNullable<InitOptions[K]> };

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const TABLE = /^[\w.-]{3,255}$/;
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/**
 * The options, with what is missing asked for on a terminal.
 * @throws UsageError where there is nobody to ask, or a value cannot be right
 */
export async function answered(
  options: InitOptions,
  { isTTY }: { readonly isTTY: boolean } = process.stdin,
): Promise<InitChoices> {
  const { region = process.env.AWS_REGION } = options;
  const given = { ...options, region };
  const missing = (['table', 'region', 'cdk'] as const).filter((name) => given[name] === undefined);
  if (missing.length > 0 && !isTTY) {
    throw new UsageError(`there is nobody to ask: name ${missing.map((name) => `--${name}`).join(' and ')}`);
  }
  if (missing.length > 0) intro('Daily product metrics of a DynamoDB table');
  const choices = {
    table: options.table ?? (await ask('Which table is counted?', 'shop', TABLE)),
    region: region ?? (await ask('In which region is it?', 'eu-west-1', REGION)),
    cdk: options.cdk ?? (await askForApp()),
    out: options.out,
  };
  if (missing.length > 0) outro('That is all.');
  check('--table', choices.table, TABLE, 'the name of a table');
  check('--region', choices.region, REGION, 'an AWS region such as eu-west-1');
  return choices;
}

function check(option: string, found: string, pattern: RegExp, expected: string): void {
  if (!pattern.test(found)) throw new UsageError(`${option}: expected ${expected}, found ${found}`);
}

const ask = async (message: string, placeholder: string, pattern: RegExp): Promise<string> =>
  unlessCancelled(
    await text({
      message,
      placeholder,
      validate: (value) => (pattern.test(value ?? '') ? undefined : `Expected something like ${placeholder}.`),
    }),
  );

const askForApp = async (): Promise<'app' | 'snippet'> =>
  unlessCancelled<'app' | 'snippet'>(
    await select({
      message: 'How is it deployed?',
      options: [
        { value: 'app' as const, label: 'by a CDK app of its own' },
        { value: 'snippet' as const, label: 'in a CDK app of mine' },
      ],
    }),
  );

/** Ctrl-C, like everywhere else. */
function unlessCancelled<T extends string>(answer: T | symbol): T {
  if (typeof answer === 'string') return answer;
  cancel('Nothing was written.');
  process.exit(130);
}
