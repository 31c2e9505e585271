import { App, Stack } from 'aws-cdk-lib';
import { AttributeType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { describe, expect, it } from 'vitest';
import { requireOwnTable, type SourceTable } from '../../cdk/constructs/own-table.ts';

const OURS = { account: '111122223333', region: 'eu-west-2' };
const theirs = 'arn:aws:dynamodb:eu-west-2:444455556666:table/games';
const ours = 'arn:aws:dynamodb:eu-west-2:111122223333:table/games';
const partitionKey = { name: 'id', type: AttributeType.STRING };

/** Takes a table into a stack of our account, or of one that is known only at deployment. */
const take = (tableIn: (stack: Stack, app: App) => SourceTable, env: Partial<typeof OURS> = OURS) => {
  const app = new App();
  const stack = new Stack(app, 'Daytally', { env });
  return () => requireOwnTable(stack, tableIn(stack, app));
};

describe('a table', () => {
  it.each<[string, (stack: Stack, app: App) => SourceTable]>([
    ['of the stack', (stack) => new Table(stack, 'Table', { partitionKey })],
    ['of the second kind', (stack) => new TableV2(stack, 'Table', { partitionKey })],
    ['by name', (stack) => Table.fromTableName(stack, 'Table', 'games')],
    ['by ARN', (stack) => Table.fromTableArn(stack, 'Table', ours)],
    ['of another stack', (_, app) => new Table(new Stack(app, 'Other', { env: OURS }), 'Table', { partitionKey })],
  ])('%s is taken', (_what, tableIn) => {
    expect(take(tableIn)).not.toThrow();
    expect(take(tableIn, {})).not.toThrow();
  });

  const elsewhere = (app: App, env: Partial<typeof OURS>) => new Stack(app, 'Other', { env: { ...OURS, ...env } });

  it.each<[string, (stack: Stack, app: App) => SourceTable, RegExp]>([
    [
      'by ARN of another account',
      (stack) => Table.fromTableArn(stack, 'Table', theirs),
      /account: .*found 444455556666/,
    ],
    ['of the second kind, by ARN', (stack) => TableV2.fromTableArn(stack, 'Table', theirs), /found 444455556666/],
    [
      'by ARN of another region',
      (stack) => Table.fromTableArn(stack, 'Table', ours.replace('eu-west-2', 'us-east-1')),
      /region: expected one of the stack's region eu-west-2 .*, found us-east-1/,
    ],
    [
      'of a stack of another account',
      (_, app) => new Table(elsewhere(app, { account: '444455556666' }), 'Table', { partitionKey }),
      /DynamoDB exports a table for its own account alone/,
    ],
    [
      'of a stack of another region',
      (_, app) => new Table(elsewhere(app, { region: 'us-east-1' }), 'Table', { partitionKey }),
      /found us-east-1/,
    ],
  ])('%s is refused with the reason', (_what, tableIn, reason) => {
    expect(take(tableIn)).toThrow(reason);
  });

  it('whose account can be compared only at deployment is asked for by its whole ARN', () => {
    expect(take((stack) => Table.fromTableArn(stack, 'Table', theirs), {})).not.toThrow();
  });
});
