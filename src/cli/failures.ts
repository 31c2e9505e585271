import { InvalidInput } from '../schemas/parse-input.ts';

/** Exit codes: 0 done, 1 the work failed, 2 wrong usage. */
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;

/** The command was called with words that make no sense. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const exitCodeOf = (error: unknown): number => (error instanceof UsageError ? EXIT_USAGE : EXIT_FAILED);

/** One message for a person: what is wrong and its causes, with the stack only where it is asked for. */
export function describeFailure(error: unknown, verbose: boolean): string {
  if (!(error instanceof Error)) return `daytally: ${String(error)}`;
  if (verbose)
    return `daytally: ${error.stack ?? error.message}${error.cause === undefined ? '' : `\ncaused by: ${stackOf(error.cause)}`}`;
  return `daytally: ${error instanceof InvalidInput ? listIssues(error) : error.message}`;
}

const listIssues = ({ input, issues }: InvalidInput): string =>
  [
    `${input} is not valid`,
    ...issues.map(({ path, expected, found }) => `  ${path}: expected ${expected}, found ${found}`),
  ].join('\n');

const stackOf = (cause: unknown): string => (cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
