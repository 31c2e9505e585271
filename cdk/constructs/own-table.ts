import { Arn, type ArnComponents, ArnFormat, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { InvalidInput } from '../../src/schemas/parse-input.ts';

/** What is known of the table that is counted: of CDK's own ones, imported or made by the app. */
export type SourceTable = Pick<ITable, 'tableArn' | 'env'>;

const reasons = {
  account: 'DynamoDB exports a table for its own account alone: deploy Daytally there',
  region: 'DynamoDB is asked in the region of the stack: deploy Daytally in that of the table',
} as const;

/**
 * Refuses a table of which it is known at synth that its export cannot be asked for from the stack. Where the stack's or the
 * table's account is only known at deployment, the request names the table by its whole ARN: it can never be another one of
 * the same name.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-iam-actions.html: what another account may do;
 * that ExportTableToPointInTime is part of it has not been shown
 * @throws InvalidInput
 */
export function requireOwnTable(scope: Construct, { tableArn, env }: SourceTable): void {
  const stack = Stack.of(scope);
  const named: Partial<ArnComponents> = Token.isUnresolved(tableArn)
    ? {}
    : Arn.split(tableArn, ArnFormat.SLASH_RESOURCE_NAME);
  for (const part of ['account', 'region'] as const) {
    for (const found of [env[part], named[part]]) {
      if (found === undefined || Token.compareStrings(found, stack[part]) !== TokenComparison.DIFFERENT) continue;
      const expected = `one of the stack's ${part} ${stack[part]} (${reasons[part]})`;
      throw new InvalidInput(`the table of ${scope.node.path}`, [{ path: part, expected, found }]);
    }
  }
}
