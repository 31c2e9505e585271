import { delimiter, dirname, join } from 'node:path';

/** What of a process tells how it was called. */
export interface Call {
  /** The module that Node was started with. */
  readonly script: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** As which words the command line can be called again from where it was: before a command's own words. */
export function typedName({ script, env }: Call): string {
  if (script.endsWith(join('src', 'cli', 'main.ts'))) return 'npm run --silent daytally --';
  // npm puts the bins of a project on the path of what it runs: a person who types has not got them there.
  const isOnPath = (env.PATH ?? '').split(delimiter).includes(dirname(script));
  return isOnPath && env.npm_command === undefined ? 'daytally' : 'npx daytally';
}

/** Messages name commands as `daytally report`: here they are told as they can be typed. */
export const nameCommands = (text: string, name: string): string =>
  text.replace(/(?<![\w./-])daytally (?=[a-z[<-])/g, () => `${name} `);
