import { RootCommand, ShellCompDirective, script } from '@bomb.sh/tab';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Terminal } from '../terminal/terminal.ts';

export const printScript = (shell: 'bash' | 'zsh' | 'fish'): void => script(shell, 'daytally', 'daytally');

/**
 * Tells the shell what may come at the end of these words, in the form that its script knows: a line each, and what else the
 * shell may do.
 */
export function complete(
  program: CommandUnknownOpts,
  words: readonly string[],
  terminal: Pick<Terminal, 'data'>,
): void {
  if (isPathExpected(program, words)) terminal.data(`:${ShellCompDirective.ShellCompDirectiveDefault}`);
  else completionsOf(program).parse([...words]);
}

type Option = CommandUnknownOpts['options'][number];

const takesValue = ({ required, optional }: Option): boolean => required || optional;

/** What is called so in a command's help is a path. */
const PATH = /<(?:file|folder)>/;
const PATH_ARGUMENTS = ['export', 'definition'];

/** Files and folders the shell itself completes best. */
function isPathExpected(program: CommandUnknownOpts, words: readonly string[]): boolean {
  const [name, ...behind] = words;
  const command = program.commands.find((one) => one.name() === name);
  const last = behind.at(-1);
  if (command === undefined || last === undefined || last.startsWith('-')) return false;
  const before = command.options.find(({ long }) => long === behind.at(-2));
  if (before !== undefined && takesValue(before)) return PATH.test(before.flags);
  const argument = command.registeredArguments[argumentsIn(command, behind).length - 1];
  return argument !== undefined && PATH_ARGUMENTS.includes(argument.name());
}

/** The words that are neither options nor their values. */
const argumentsIn = (command: CommandUnknownOpts, words: readonly string[]): string[] =>
  words.filter((word, index) => {
    const before = command.options.find(({ long }) => long === words[index - 1]);
    return !word.startsWith('-') && !(before !== undefined && takesValue(before));
  });

function completionsOf(program: CommandUnknownOpts): RootCommand {
  const root = new RootCommand();
  const help = program.createHelp();
  addOptions(root, help.visibleOptions(program));
  for (const command of help.visibleCommands(program)) {
    const completed = root.command(command.name(), command.description());
    addOptions(completed, help.visibleOptions(command));
    for (const argument of command.registeredArguments) {
      const choices = argument.argChoices ?? (command.name() === 'help' ? namesOf(program) : []);
      completed.argument(argument.name(), offering(choices), argument.variadic);
    }
  }
  return root;
}

const offering = (choices: readonly string[]) => (offer: (value: string, description: string) => void) => {
  for (const choice of choices) offer(choice, '');
};

const namesOf = (program: CommandUnknownOpts): string[] =>
  program
    .createHelp()
    .visibleCommands(program)
    .map((command) => command.name());

function addOptions(command: Pick<RootCommand, 'option'>, options: readonly Option[]): void {
  for (const option of options) {
    const name = option.long?.slice(2);
    if (name === undefined) continue;
    if (!takesValue(option)) command.option(name, option.description);
    else command.option(name, option.description, offering(option.argChoices ?? []));
  }
}
