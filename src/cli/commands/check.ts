import type { Command } from '@commander-js/extra-typings';
import { examples } from '../options.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `daytally check <definition> [<export>]`: says what a definition counts, and tries it. */
export const registerCheck = (program: Command, terminal: Terminal): void => {
  program
    .command('check')
    .description('say in words what a definition counts, and try it on an export; writes nothing')
    .argument('<definition>', 'a file, or games')
    .argument('[export]', 'a directory, a manifest-summary.json, an s3:// URL of one, or an s3:// prefix')
    .addHelpText(
      'after',
      examples(
        ['what it counts, in words', 'check daytally.json'],
        ['and what that comes to', 'check daytally.json ./my-export'],
        ['the preset', 'check games'],
      ),
    )
    .action(async (named, path) => {
      const { checkDefinition } = await import('../check/check-definition.ts');
      await checkDefinition(named, path, terminal);
    });
};
