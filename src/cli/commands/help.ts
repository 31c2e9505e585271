import type { Command } from '@commander-js/extra-typings';
import { UNKNOWN_COMMAND } from '../misuse.ts';

/** `daytally help <command>`: what `--help` says, or that there is no such command. */
export const registerHelp = (program: Command): void => {
  program
    .command('help')
    .description('say more about a command')
    .argument('[command]', 'of which')
    .action((name) => {
      if (name === undefined) program.help();
      const found = program.commands.find((command) => command.name() === name);
      if (found === undefined) program.error(`unknown command '${name}'`, { code: UNKNOWN_COMMAND });
      found.help();
    });
};
