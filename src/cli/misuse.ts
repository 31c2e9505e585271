import type { CommanderError, CommandUnknownOpts } from '@commander-js/extra-typings';
import { nearest } from './suggest.ts';

/** A command, whatever its arguments and options are. */
export type AnyCommand = CommandUnknownOpts;

export const UNKNOWN_COMMAND = 'commander.unknownCommand';

/** What is wrong with the words of a command, which may have been meant, and where to read on. */
export function describeMisuse({ message, code }: CommanderError, command: AnyCommand): string {
  const about = code === UNKNOWN_COMMAND ? (command.parent ?? command) : command;
  const wrong = message.replace(/^error: /, '').replace(/\.$/, '');
  const [, typed = ''] = /'([^']*)'/.exec(wrong) ?? [];
  const elsewhere = code === UNKNOWN_COMMAND ? doneElsewhere[typed] : undefined;
  if (elsewhere !== undefined) return `daytally: ${wrong}; ${elsewhere}\n${pointToHelp(about)}`;
  const meant = suggestions[code]?.(typed, about);
  return `daytally: ${wrong}${meant === undefined ? '' : `; did you mean ${meant}?`}\n${pointToHelp(about)}`;
}

const byCdk = (verb: string) =>
  `the CDK does that: npx cdk ${verb}, in the folder of your CDK app (daytally init writes one)`;

/** What people look for here that is done by another tool, or is called otherwise. */
const doneElsewhere: Readonly<Record<string, string>> = {
  bootstrap: byCdk('bootstrap'),
  deploy: byCdk('deploy'),
  destroy: byCdk('destroy'),
  diff: byCdk('diff'),
  synth: byCdk('synth'),
  install: 'daytally init says how to deploy it beside your table',
  setup: 'daytally init says how to deploy it beside your table',
  count: 'daytally aggregate counts an export',
  export: 'exports are asked for by the stack, each night',
  version: 'daytally --version tells it',
};

export const pointToHelp = (command: AnyCommand): string =>
  `(${command.parent === null ? 'daytally' : `daytally ${command.name()}`} --help says more)`;

const suggestions: Readonly<Record<string, (typed: string, command: AnyCommand) => string | undefined>> = {
  'commander.unknownOption': (typed, command) => {
    const known = optionsOf(command);
    const meant = nearest(typed.replace(/^-+/, ''), known.keys());
    return meant === undefined ? undefined : known.get(meant);
  },
  [UNKNOWN_COMMAND]: (typed, command) => nearest(typed, harmlessCommands(command)),
};

/** What can be typed of a command's options, by the word that one may remember: `--format html` by `html` too. */
function optionsOf(command: AnyCommand): ReadonlyMap<string, string> {
  const options = [...command.options, ...(command.parent?.options ?? [])];
  return new Map([
    ['help', '--help'],
    ...options.flatMap(({ long, argChoices = [] }) => [
      [`${long?.slice(2)}`, `${long}`] as const,
      ...argChoices.map((choice) => [choice, `${long} ${choice}`] as const),
    ]),
  ]);
}

/** Never one that starts work on AWS: those have a `--dry-run`. A name that was mistyped asks for no such thing. */
const harmlessCommands = (command: AnyCommand): string[] =>
  command.commands.filter(({ options }) => !options.some(({ long }) => long === '--dry-run')).map((one) => one.name());
