#!/usr/bin/env node
import { runProgram } from './program.ts';
import { openTerminal } from './terminal/terminal.ts';
import { typedName } from './terminal/typed-name.ts';

// The SDK says so at every start on Node 20; it would stand above each result.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const { stdout, stderr, env, argv } = process;
const terminal = openTerminal({ stdout, stderr, env, typedName: typedName({ script: argv[1] ?? '', env }) });

// Whatever has something to undo does so when the process exits, in one go: a second Ctrl-C finds nothing to interrupt.
process.on('exit', terminal.close);
for (const [signal, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) {
  process.on(signal, () => {
    if (signal === 'SIGINT') terminal.interrupted();
    process.exit(128 + number);
  });
}
// Who reads has read enough: `daytally report | head`.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runProgram(argv.slice(2), terminal);
