// A stranger's app in TypeScript, strict and with the libraries' types checked too.
import { App, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { defineTable, type MetricIdOf, type TableDefinition } from 'daytally';
import { Daytally, type DaytallyProps, type NightlyExport } from 'daytally/cdk';

const definition = defineTable({
  version: 1,
  separator: '#',
  activities: { order: { is: { PK: 'USER#${user}', SK: 'ORDER#${order}' }, at: 'createdAt' } },
  metrics: { buyers: { of: 'order', measure: 'distinctUsers' } },
});
const id: MetricIdOf<typeof definition> = 'buyers';
const plain: TableDefinition = definition;

// @ts-expect-error there is no such activity
defineTable({ version: 1, activities: {}, metrics: { buyers: { of: 'order', measure: 'distinctUsers' } } });

class ShopStack extends Stack {
  readonly nightly: NightlyExport;
  readonly alarm: Alarm;

  constructor(scope: Construct, name: string, props?: StackProps) {
    super(scope, name, props);
    const table = new TableV2(this, 'Table', { partitionKey: { name: 'PK', type: AttributeType.STRING } });
    const choices: DaytallyProps = { table, definition: plain, exportRetention: Duration.days(2) };
    const daytally = new Daytally(this, 'Daytally', choices);
    this.nightly = daytally.nightlyExport;
    this.alarm = daytally.metricYesterdayExact().createAlarm(this, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
    new CfnOutput(this, 'Bucket', { value: this.nightly.bucket.bucketName, description: id });
  }
}

const app = new App();
new ShopStack(app, 'Shop');
app.synth();
