import type { Command } from '@commander-js/extra-typings';
import { examples } from '../options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withWork } from './request.ts';

/** `daytally reprocess <what>`: counts an export that lies in the bucket once more. */
export const registerReprocess = (program: Command, terminal: Terminal): void => {
  withWork(program.command('reprocess'))
    .description('count an export again that still lies in the bucket, by dropping its manifest again')
    .argument('<what>', 'a day, an export id, or the key of a manifest-summary.json')
    .addHelpText(
      'after',
      examples(
        ['the export of a day', 'reprocess 2026-11-20 --wait'],
        ['an export, by its id', 'reprocess 01795226400008-b81b5039 --dry-run'],
      ),
    )
    .action(async (what, options) => {
      const { reprocess } = await import('../work/reprocess-work.ts');
      await reprocess(what, options, terminal);
    });
};
