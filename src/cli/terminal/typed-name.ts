import { delimiter, dirname, join } from 'node:path';

/** What of a process tells how it was called. */
export interface Call {
  /** The module that Node was started with. */
  readonly script: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** In a clone, where the stack is deployed from too. */
const IN_CLONE = 'npm run --silent daytally --';

/** What starts it there: package.json's script, and a developer's own `tsx src/cli/main.ts`. */
const CLONE_SCRIPTS = [join('scripts', 'daytally.mjs'), join('src', 'cli', 'main.ts')];

/** As which words the command line can be called again from where it was: before a command's own words. */
export function typedName({ script, env }: Call): string {
  if (CLONE_SCRIPTS.some((own) => script.endsWith(own))) return IN_CLONE;
  // npm puts the bins of a project on the path of what it runs: a person who types has not got them there.
  const isOnPath = (env.PATH ?? '').split(delimiter).includes(dirname(script));
  return isOnPath && env.npm_command === undefined ? 'daytally' : 'npx daytally';
}

/** Messages name commands as `daytally report` and `npm run deploy`: here they are told as they can be typed. */
export function nameCommands(text: string, name: string): string {
  const named = text.replace(/(?<![\w./-])daytally (?=[a-z[<-])/g, () => `${name} `);
  return name === IN_CLONE ? named : named.replaceAll('npm run deploy', 'in a clone: npm run deploy');
}
