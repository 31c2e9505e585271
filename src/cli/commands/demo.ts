import type { Command } from '@commander-js/extra-typings';
import { dayOfMillis } from '../../domain/utc-day.ts';
import { chosenDefinition } from '../chosen-definition.ts';
import { countOption, definitionOption } from '../options.ts';
import type { Terminal } from '../terminal.ts';

const examples = `
Examples:
  daytally demo                                       a game with three apps
  daytally demo --definition examples/shop.json       a shop with three stores
  daytally demo --nights 60 --out ./my-demo`;

/** `daytally demo`: the whole nightly chain on this machine. */
export const registerDemo = (program: Command, terminal: Terminal): void => {
  program
    .command('demo')
    .description('run the whole nightly chain on a simulated game or shop, with no AWS account')
    .option('--nights <number>', 'how many nights', countOption, 30)
    .option('--out <folder>', 'where its files go', 'demo-output')
    .option('--seed <number>', 'what happens: the same seed plays the same', countOption, 1)
    .addOption(definitionOption())
    .addHelpText('after', examples)
    .action(async ({ nights, out, seed, definition: named }) => {
      const definition = await chosenDefinition(named, terminal);
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo({ definition, named, nights, folder: out, seed, today: dayOfMillis(Date.now()) }, terminal);
    });
};
