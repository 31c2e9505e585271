import { PipelineFault } from './faults.ts';
import type { StepLog } from './ports.ts';

/** The invocation that a piece of work runs in. */
export interface RunContext {
  /** Names the invocation. Lambda's own retries of an event bear the same name; a new event bears a new one. */
  readonly runId: string;
  readonly startedAt: Date;
  readonly codeVersion: string;
  /** Lifts the rule of precedence, for an operator who knows better. */
  readonly force: boolean;
  now(): Date;
  /** Until the invocation is cut off. */
  remainingMillis(): number;
  readonly log: StepLog;
}

/** What is kept back of an invocation's time, to say what is missing before it is cut off. */
export const RESERVED_MILLIS = 20_000;

/** @throws PipelineFault when only the reserve is left */
export function ensureTimeIsLeft(run: Pick<RunContext, 'remainingMillis'>): void {
  const remaining = run.remainingMillis();
  if (remaining >= RESERVED_MILLIS) return;
  throw new PipelineFault({
    what: 'the time is up',
    expected: `at least ${RESERVED_MILLIS} ms left`,
    found: `${Math.floor(remaining)} ms`,
  });
}
