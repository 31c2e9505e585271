import type { LargeExportStarter, StartedExecution } from '../../pipeline/ports.ts';
import type { LargeExportInput } from '../../schemas/large-export.ts';
import { abortable, sendOptions } from './abortable.ts';

/** Starts executions of a state machine. */
export class StateMachineStarter implements LargeExportStarter {
  constructor(
    private readonly stateMachineArn: string,
    private readonly signal?: AbortSignal,
  ) {}

  /**
   * A name can be had once in 90 days: while its execution runs, the same start again is answered as if it were the
   * first; later with `ExecutionAlreadyExists`.
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
   */
  async start(name: string, input: LargeExportInput): Promise<StartedExecution> {
    // Only where it is needed: few exports are large, and every cold start would have to load the client.
    const { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } = await import('@aws-sdk/client-sfn');
    const client = new SFNClient({ maxAttempts: 5 });
    const start = new StartExecutionCommand({
      stateMachineArn: this.stateMachineArn,
      name,
      input: JSON.stringify(input),
    });
    try {
      const { executionArn } = await abortable(client.send(start, sendOptions(this.signal)), this.signal);
      return { executionArn, alreadyStarted: false };
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
      return { executionArn: undefined, alreadyStarted: true };
    }
  }
}
