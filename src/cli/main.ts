#!/usr/bin/env node
import { Command, CommanderError } from '@commander-js/extra-typings';
import { registerAggregate } from './commands/aggregate.ts';
import { describeFailure, EXIT_USAGE, exitCodeOf } from './failures.ts';
import { terminal } from './terminal.ts';

// The SDK says so at every start on Node 20; it would stand above each result.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const program = new Command('daytally')
  .description("Daily product metrics from a DynamoDB table's nightly export, with no load on the table.")
  .option('--verbose', 'show the stack and the causes of an error')
  .showHelpAfterError('(daytally --help says more)')
  .exitOverride();

registerAggregate(program, terminal);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
  } else {
    terminal.note(describeFailure(error, program.opts().verbose === true));
    process.exitCode = exitCodeOf(error);
  }
}
