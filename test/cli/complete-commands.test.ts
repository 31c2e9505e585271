import { expect, it } from 'vitest';
import { completeCommands } from '../../src/cli/complete-commands.ts';

it.each([
  ['daytally replay 2026-11-20', {}, 'daytally replay 2026-11-20'],
  [
    'mend it; then: daytally replay --from 2026-11-20 --to 2026-11-21',
    { stack: 'Staging', region: 'eu-west-1' },
    'mend it; then: daytally replay --from 2026-11-20 --to 2026-11-21 --stack Staging --region eu-west-1',
  ],
  ['npm run deploy', { tableName: 'games' }, 'npm run deploy -- -c tableName=games'],
  [
    'npm run deploy -- -c runtime=nodejs24.x',
    { tableName: 'games', stack: 'Staging', region: 'eu-west-1' },
    'npm run deploy -- -c tableName=games -c region=eu-west-1 -c stackName=Staging -c runtime=nodejs24.x',
  ],
  ['npm run deploy -- -c runtime=nodejs24.x', {}, 'npm run deploy -- -c runtime=nodejs24.x'],
  [
    'npm run deploy; from the next night on',
    { tableName: 'a' },
    'npm run deploy -- -c tableName=a; from the next night on',
  ],
  ['aws events enable-rule --name x', { region: 'eu-west-1' }, 'aws --region eu-west-1 events enable-rule --name x'],
  ['aws events enable-rule --name x', {}, 'aws events enable-rule --name x'],
])('completes %j by %j', (text, options, complete) => {
  expect(completeCommands(text, { stack: 'Daytally', ...options })).toBe(complete);
});
