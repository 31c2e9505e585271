import { setTimeout as sleep } from 'node:timers/promises';
import { openTerminal } from '../../src/cli/terminal/terminal.ts';

/* Lines of all lengths, now to stdout, now to stderr, beside a bar, for about a second. */

const { stdout, stderr, env } = process;
const terminal = openTerminal({ stdout, stderr, env, typedName: 'daytally' });
const LINES = 100;
const bar = terminal.progress('lines', LINES);
for (let line = 1; line <= LINES; line++) {
  const text = `${line}  ${'word '.repeat(line % 40)}end`;
  if (line % 3 === 0) terminal.result(text);
  else terminal.note(text);
  bar.update(line);
  await sleep(10);
}
bar.stop();
terminal.result('done');
