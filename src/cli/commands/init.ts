import { type Command, Option } from '@commander-js/extra-typings';
import { examples } from '../options.ts';
import type { Terminal } from '../terminal/terminal.ts';

const kinds = ['app', 'snippet'] as const;

/** `daytally init`: from a table to a stack that can be deployed. */
export const registerInit = (program: Command, terminal: Terminal): void => {
  program
    .command('init')
    .description('write a definition and a CDK app for a table, and say what to do next; asks what it is not told')
    .option('--table <name>', 'the DynamoDB table to count')
    .option('--region <region>', 'its AWS region')
    .option('--export <export>', 'an export of it, from which the definition is drafted')
    .addOption(new Option('--cdk <what>', 'an app of its own, or a snippet for one of yours').choices(kinds))
    .option('--out <folder>', 'where the files go', '.')
    .addHelpText('after', '\nFiles that are there already are left as they are.')
    .addHelpText(
      'after',
      examples(
        ['asks on a terminal', 'init'],
        ['a CDK app of its own', 'init --table shop --region eu-west-1 --cdk app --out ./metrics'],
        ['with a definition of what is in it', 'init --table shop --region eu-west-1 --cdk app --export ./my-export'],
        ['for a CDK app that there is', 'init --table shop --region eu-west-1 --cdk snippet'],
      ),
    )
    .action(async (options) => {
      const { init } = await import('../init/init.ts');
      await init(options, terminal);
    });
};
