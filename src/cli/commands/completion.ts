import { Argument, type Command } from '@commander-js/extra-typings';
import { examples } from '../options.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `daytally completion <shell>`: what a shell has to run once to complete commands; it asks `daytally complete` then. */
export const registerCompletion = (program: Command, terminal: Terminal): void => {
  program
    .command('completion')
    .description('print what makes a shell complete commands, options and files')
    .addArgument(new Argument('<shell>', 'which').choices(['bash', 'zsh', 'fish'] as const))
    .addHelpText(
      'after',
      '\nThe command has to be on the path as daytally: npm install --global daytally. In bash\nthe package bash-completion has to be there, as it is on most machines.',
    )
    .addHelpText(
      'after',
      examples(
        ['bash, in ~/.bashrc', 'completion bash >> ~/.bashrc'],
        ['zsh, in ~/.zshrc behind compinit', 'completion zsh >> ~/.zshrc'],
        ['fish', 'completion fish > ~/.config/fish/completions/daytally.fish'],
      ),
    )
    .action(async (shell) => {
      const { printScript } = await import('../completion/complete.ts');
      printScript(shell);
    });
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action(async (words) => {
      const { complete } = await import('../completion/complete.ts');
      complete(program, words, terminal);
    });
};
