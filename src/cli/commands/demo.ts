import type { Command } from '@commander-js/extra-typings';
import { dayOfMillis } from '../../domain/utc-day.ts';
import { countOption } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** `daytally demo`: the whole nightly chain on this machine. */
export const registerDemo = (program: Command, terminal: Terminal): void => {
  program
    .command('demo')
    .description('run the whole nightly chain on a simulated game, with no AWS account')
    .option('--nights <number>', 'how many nights', countOption, 30)
    .option('--out <folder>', 'where its files go', 'demo-output')
    .option('--seed <number>', 'which game: the same seed plays the same one', countOption, 1)
    .addHelpText('after', '\nExamples:\n  daytally demo\n  daytally demo --nights 60 --out ./my-demo')
    .action(async ({ nights, out, seed }) => {
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo({ nights, folder: out, seed, today: dayOfMillis(Date.now()) }, terminal);
    });
};
