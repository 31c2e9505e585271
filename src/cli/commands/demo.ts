import type { Command } from '@commander-js/extra-typings';
import { dayOfMillis } from '../../domain/utc-day.ts';
import { chosenDefinition } from '../chosen-definition.ts';
import { countOption, definitionOption, examples } from '../options.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `daytally demo`: the whole nightly chain on this machine. */
export const registerDemo = (program: Command, terminal: Terminal): void => {
  program
    .command('demo')
    .description('run the whole nightly chain on a simulated game or shop, with no AWS account')
    .option('--nights <number>', 'how many nights', countOption, 30)
    .option('--out <folder>', 'where its files go', 'demo-output')
    .option('--seed <number>', 'what happens: the same seed plays the same', countOption, 1)
    .option('--open', 'open the page with plots at the end')
    .addOption(definitionOption())
    .addHelpText(
      'after',
      examples(
        ['a month of a game with three apps', 'demo'],
        ['of a shop with three stores', 'demo --definition examples/shop.json'],
        ['two months, elsewhere', 'demo --nights 60 --out ./my-demo --open'],
      ),
    )
    .action(async ({ nights, out, seed, open, definition: named }) => {
      const definition = await chosenDefinition(named, terminal);
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo({ definition, named, nights, folder: out, seed, today: dayOfMillis(Date.now()) }, terminal);
      if (!open) return;
      const [{ openPage }, { pageUrl }] = await Promise.all([
        import('../open-page.ts'),
        import('../demo/next-steps.ts'),
      ]);
      await openPage(pageUrl(out), terminal);
    });
};
