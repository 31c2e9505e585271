// A stack that a stranger deploys beside a table that is there.
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Daytally } from 'daytally/cdk';

const app = new App();
const stack = new Stack(app, 'Daytally', { env: { region: 'eu-west-2' } });
const daytally = new Daytally(stack, 'Numbers', {
  table: Table.fromTableName(stack, 'Table', 'games'),
  definition: 'definition.json',
});
new CfnOutput(stack, 'ExportBucketName', { value: daytally.nightlyExport.bucket.bucketName });
new CfnOutput(stack, 'AnalyticsTableName', { value: daytally.analytics.table.tableName });
app.synth();
