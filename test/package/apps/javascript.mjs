// A stranger's app in JavaScript: four ways to name a table, a definition by defineTable, and the checks of cdk-nag.
import { App, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AwsSolutionsChecks } from 'cdk-nag';
import { defineTable } from 'daytally';
import { Daytally } from 'daytally/cdk';

const definition = defineTable({
  version: 1,
  separator: '#',
  app: 'shop',
  activities: { order: { is: { PK: 'USER#${user}', SK: 'ORDER#${order}' }, at: 'createdAt' } },
  metrics: {
    buyers: { of: 'order', measure: 'distinctUsers' },
    orders: { of: 'order', measure: 'countPerUser' },
  },
});

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

const keys = {
  partitionKey: { name: 'PK', type: AttributeType.STRING },
  sortKey: { name: 'SK', type: AttributeType.STRING },
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
};
const tables = {
  Made: (stack) => new Table(stack, 'Table', keys),
  MadeV2: (stack) => new TableV2(stack, 'Table', keys),
  ByArn: (stack) => Table.fromTableArn(stack, 'Table', 'arn:aws:dynamodb:eu-west-2:111122223333:table/shop'),
  ByName: (stack) => Table.fromTableName(stack, 'Table', 'shop'),
};
for (const [id, tableIn] of Object.entries(tables)) {
  const stack = new Stack(app, id, { env: { account: '111122223333', region: 'eu-west-2' } });
  new Daytally(stack, 'Daytally', { table: tableIn(stack), definition });
}
app.synth();
