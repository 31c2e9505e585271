import { Command, CommanderError, Help } from '@commander-js/extra-typings';
import { codeVersion } from '../package/code-version.ts';
import { registerAggregate } from './commands/aggregate.ts';
import { registerCheck } from './commands/check.ts';
import { registerCompletion } from './commands/completion.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDescribe } from './commands/describe.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerExplain } from './commands/explain.ts';
import { registerHelp } from './commands/help.ts';
import { registerInit } from './commands/init.ts';
import { registerReport } from './commands/report.ts';
import { registerReprocess } from './commands/reprocess.ts';
import { registerBackfill, registerReplay } from './commands/request.ts';
import { registerStatus } from './commands/status.ts';
import { describeFailure, EXIT_USAGE, exitCodeOf, UsageError } from './failures.ts';
import { type AnyCommand, describeMisuse, pointToHelp } from './misuse.ts';
import type { Terminal } from './terminal/terminal.ts';

/** One line for each command: registering it is all that a new one needs. */
const registrations: readonly ((program: Command, terminal: Terminal) => void)[] = [
  registerAggregate,
  registerCheck,
  registerDescribe,
  registerDemo,
  registerInit,
  registerReport,
  registerStatus,
  registerExplain,
  registerBackfill,
  registerReplay,
  registerReprocess,
  registerDoctor,
  registerCompletion,
  registerHelp,
];

/**
 * Runs the command line.
 * @param words the arguments, without Node and the script
 * @returns the exit code: 0 done, 1 the work failed, 2 wrong usage
 */
export async function runProgram(words: readonly string[], terminal: Terminal): Promise<number> {
  const program = newProgram(terminal);
  let called: AnyCommand = program;
  program.hook('preSubcommand', (_, command) => {
    called = command;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    // Help has been written: where it was asked for, or for want of a command.
    if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')) {
      return error.exitCode === 0 ? 0 : EXIT_USAGE;
    }
    if (error instanceof CommanderError) {
      terminal.note(describeMisuse(error, called));
      return EXIT_USAGE;
    }
    terminal.note(describeFailure(error, program.opts().verbose === true));
    if (error instanceof UsageError) terminal.note(pointToHelp(called));
    return exitCodeOf(error);
  }
}

/** Not commander's own: which commit it is, is looked up only where it is asked for. */
function tellVersion(terminal: Terminal): never {
  terminal.result(codeVersion());
  throw new CommanderError(0, 'commander.version', '');
}

const HELP_WIDTH = 80;

const termOf = (command: AnyCommand): string => new Help().subcommandTerm(command).replace(' [options]', '');

function newProgram(terminal: Terminal) {
  const helpWidth = () => Math.min(terminal.columns, HELP_WIDTH);
  const program = new Command('daytally')
    .description("Daily product metrics from a DynamoDB table's nightly export, with no load on the table.")
    .option('-V, --version', 'tell the version and the commit that it was built of')
    .on('option:version', () => tellVersion(terminal))
    .option('--verbose', 'show the stack and the causes of an error')
    .helpCommand(false)
    // Without the options that all of them take, there is room for what the commands do.
    .configureHelp({ subcommandTerm: termOf, minWidthToWrap: 20 })
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: terminal.result,
      writeErr: terminal.note,
      // What was wrong is told in one place, with what may have been meant: see describeMisuse.
      outputError: () => {},
      getOutHelpWidth: helpWidth,
      getErrHelpWidth: helpWidth,
    })
    .exitOverride();
  for (const register of registrations) register(program as unknown as Command, terminal);
  return program;
}
