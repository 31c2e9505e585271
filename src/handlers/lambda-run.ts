import { setMaxListeners } from 'node:events';
import { Logger } from '@aws-lambda-powertools/logger';
import { PipelineFault } from '../pipeline/faults.ts';
import type { StepLog } from '../pipeline/ports.ts';

/** The part of Lambda's context object that is used. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export interface LambdaContext {
  /** Lambda's own retries of an asynchronous event bear the same id. */
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** What an invocation works with. */
export interface Invocation {
  readonly log: StepLog;
  /** Given when only the reserve of the function's time is left. */
  readonly signal: AbortSignal;
}

/**
 * Runs one invocation: with a logger that names it in each line, and a signal that ends all waiting in time to say what
 * is left undone. A failure is logged, and thrown on for Lambda to retry.
 */
export async function runInvocation<T>(
  service: string,
  context: LambdaContext,
  reservedMillis: number,
  work: (invocation: Invocation) => Promise<T>,
): Promise<T> {
  const logger = new Logger({ serviceName: service, persistentKeys: { requestId: context.awsRequestId } });
  const controller = new AbortController();
  // Every request that is under way listens, and a large export has dozens.
  setMaxListeners(0, controller.signal);
  const timer = setTimeout(
    () => controller.abort(timeIsUp(reservedMillis)),
    Math.max(0, context.getRemainingTimeInMillis() - reservedMillis),
  );
  try {
    return await work({ log: toStepLog(logger), signal: controller.signal });
  } catch (error) {
    logger.error('failed', { error });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const toStepLog = (logger: Logger): StepLog => ({
  step: (message, fields) => logger.info(message, fields),
  doubt: (message, fields) => logger.warn(message, fields),
});

const timeIsUp = (reservedMillis: number): PipelineFault =>
  new PipelineFault({
    what: "the function's time is up",
    expected: `an end with ${reservedMillis} ms to spare`,
    remedy:
      'a repetition goes on where this run stopped; if it fails here each time, give the function more time or memory',
  });
