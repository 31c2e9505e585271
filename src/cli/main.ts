#!/usr/bin/env node
import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

// The SDK says so at every start on Node 20; it would stand above each result.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Ctrl-C: what is under way on AWS goes on; a progress bar gives the cursor back. */
const INTERRUPTED = 130;
process.once('SIGINT', () => {
  if (process.stderr.isTTY) process.stderr.write('\u001b[?25h\n');
  process.exit(INTERRUPTED);
});

process.exitCode = await runProgram(process.argv.slice(2), processTerminal);
