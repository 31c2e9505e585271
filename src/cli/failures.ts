import { InvalidInput } from '../schemas/parse-input.ts';

/** Exit codes: 0 done, 1 the work failed, 2 wrong usage. */
const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;

/** The command was called with words that make no sense. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command has done its work, and what it found is not as it should be. */
export class NotWell extends Error {
  override readonly name = 'NotWell';
}

export const exitCodeOf = (error: unknown): number => (error instanceof UsageError ? EXIT_USAGE : EXIT_FAILED);

/** One message for a person: what is wrong and its causes, with the stack only where it is asked for. */
export function describeFailure(error: unknown, verbose: boolean): string {
  if (!(error instanceof Error)) return `daytally: ${String(error)}`;
  if (verbose)
    return `daytally: ${error.stack ?? error.message}${error.cause === undefined ? '' : `\ncaused by: ${stackOf(error.cause)}`}`;
  return `daytally: ${error instanceof InvalidInput ? listIssues(error) : withAdvice(error)}`;
}

/** What the AWS SDK says of the most usual mistakes does not say what to do. */
const advice: readonly { readonly when: RegExp; readonly say: string }[] = [
  { when: /Region is missing/, say: 'name it with --region, or set AWS_REGION' },
  { when: /Could not load credentials|CredentialsProviderError/, say: 'log in to AWS, or name a profile: AWS_PROFILE' },
  { when: /ExpiredToken|UnrecognizedClient|InvalidClientTokenId|security token/, say: 'log in to AWS again' },
  { when: /AccessDenied|not authorized to perform/, say: 'ask for this permission' },
  { when: /ResourceNotFound|non-existent table/, say: 'check the name and the region' },
  { when: /ENOTFOUND|ECONNREFUSED|ETIMEDOUT/, say: 'check the network, the region and AWS_ENDPOINT_URL' },
];

function withAdvice(error: Error): string {
  // Errors of the network come bare, or as several.
  const message = error.message || String((error as { code?: unknown }).code ?? error.name);
  const found = advice.find(({ when }) => when.test(`${error.name} ${message}`));
  return found === undefined ? message : `${message}; ${found.say}`;
}

const listIssues = ({ input, issues }: InvalidInput): string =>
  [
    `${input} is not valid`,
    ...issues.map(({ path, expected, found }) => `  ${path}: expected ${expected}, found ${found}`),
  ].join('\n');

const stackOf = (cause: unknown): string => (cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
