import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nameCommands, typedName } from '../../../src/cli/terminal/typed-name.ts';

const PATH = ['/usr/local/bin', '/usr/bin'].join(delimiter);

describe('the name of the command line', () => {
  it.each([
    ['a clone', '/home/ada/daytally/scripts/daytally.mjs', { PATH }, 'npm run --silent daytally --'],
    ['the sources of a clone', '/home/ada/daytally/src/cli/main.ts', { PATH }, 'npm run --silent daytally --'],
    [
      'a clone, by npm run',
      '/home/ada/daytally/src/cli/main.ts',
      { PATH, npm_command: 'run-script' },
      'npm run --silent daytally --',
    ],
    ['a global installation', '/usr/local/bin/daytally', { PATH }, 'daytally'],
    ['a project, by its path', '/home/ada/app/node_modules/.bin/daytally', { PATH }, 'npx daytally'],
    [
      'a project, by npx',
      '/home/ada/app/node_modules/.bin/daytally',
      { PATH: `/home/ada/app/node_modules/.bin${delimiter}${PATH}`, npm_command: 'exec' },
      'npx daytally',
    ],
  ])('in %s', (_, script, env, name) => expect(typedName({ script, env })).toBe(name));

  it.each([
    ['run `daytally demo`, and', 'run `npx daytally demo`, and'],
    ['Usage: daytally [options] [command]', 'Usage: npx daytally [options] [command]'],
    ['(daytally --help says more)', '(npx daytally --help says more)'],
    ['daytally: /tmp/daytally demo', 'daytally: /tmp/daytally demo'],
    ['s3://my-daytally exports', 's3://my-daytally exports'],
    ['Daytally is deployed', 'Daytally is deployed'],
    ['deploy it (npm run deploy)', 'deploy it (in a clone: npm run deploy)'],
  ])('stands in %j', (text, named) => expect(nameCommands(text, 'npx daytally')).toBe(named));

  it('and the deployment, in a clone', () => {
    const text = 'daytally doctor says: npm run deploy';
    expect(nameCommands(text, 'npm run --silent daytally --')).toBe(
      'npm run --silent daytally -- doctor says: npm run deploy',
    );
  });
});
