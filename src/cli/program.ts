import { Command, CommanderError } from '@commander-js/extra-typings';
import manifest from '../../package.json' with { type: 'json' };
import { registerAggregate } from './commands/aggregate.ts';
import { registerCheck } from './commands/check.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerExplain } from './commands/explain.ts';
import { registerReport } from './commands/report.ts';
import { registerReprocess } from './commands/reprocess.ts';
import { registerBackfill, registerReplay } from './commands/request.ts';
import { registerStatus } from './commands/status.ts';
import { describeFailure, EXIT_USAGE, exitCodeOf } from './failures.ts';
import type { Terminal } from './terminal.ts';

/** One line for each command: registering it is all that a new one needs. */
const registrations: readonly ((program: Command, terminal: Terminal) => void)[] = [
  registerAggregate,
  registerCheck,
  registerDemo,
  registerReport,
  registerStatus,
  registerExplain,
  registerBackfill,
  registerReplay,
  registerReprocess,
  registerDoctor,
];

/**
 * Runs the command line.
 * @param words the arguments, without Node and the script
 * @returns the exit code: 0 done, 1 the work failed, 2 wrong usage
 */
export async function runProgram(words: readonly string[], terminal: Terminal): Promise<number> {
  const program = new Command('daytally')
    .description("Daily product metrics from a DynamoDB table's nightly export, with no load on the table.")
    .version(manifest.version)
    .option('--verbose', 'show the stack and the causes of an error')
    .showHelpAfterError('(daytally --help says more)')
    .configureOutput({ writeOut: terminal.result, writeErr: terminal.note })
    .exitOverride();
  for (const register of registrations) register(program as unknown as Command, terminal);
  try {
    await program.parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has said what is wrong; its own code 0 is that of --help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
    terminal.note(describeFailure(error, program.opts().verbose === true));
    return exitCodeOf(error);
  }
}
