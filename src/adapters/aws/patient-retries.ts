import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

type Strategy = Exclude<NonNullable<DynamoDBClientConfig['retryStrategy']>, { retry: unknown }>;
type Token = Awaited<ReturnType<Strategy['acquireInitialRetryToken']>>;

/** Longest waits: a client that is throttled asks again at least so often. */
const THROTTLED_MILLIS = { first: 1000, longest: 20_000 };
const TRANSIENT_MILLIS = { first: 50, longest: 5000 };
const MAX_TRANSIENT_RETRIES = 10;

/**
 * Retries what is throttled for as long as its caller waits. The SDK's own strategies have 500 tokens for all requests of
 * a client, take five for each retry and give back only the last of a request that succeeds: on a table of one write unit
 * they are used up after a hundred retries, and writes fail that only had to wait. How long to wait is for the caller's
 * abort signal to say.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export class PatientRetries implements Strategy {
  /** @param wait milliseconds */
  constructor(private readonly wait: (millis: number) => Promise<unknown> = sleep) {}

  async acquireInitialRetryToken(): Promise<Token> {
    return tokenOf(0);
  }

  async refreshRetryTokenForRetry(token: Token, { errorType }: { readonly errorType: string }): Promise<Token> {
    const retries = token.getRetryCount();
    const isThrottled = errorType === 'THROTTLING';
    if (!isThrottled && (errorType !== 'TRANSIENT' || retries >= MAX_TRANSIENT_RETRIES))
      throw new Error('not to be retried');
    const { first, longest } = isThrottled ? THROTTLED_MILLIS : TRANSIENT_MILLIS;
    await this.wait(Math.random() * Math.min(first * 2 ** retries, longest));
    return tokenOf(retries + 1);
  }

  recordSuccess(): void {
    // There is no budget that a success could add to.
  }
}

const tokenOf = (retries: number): Token => ({ getRetryCount: () => retries, getRetryDelay: () => 0 });
