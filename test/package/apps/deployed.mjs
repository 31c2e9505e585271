// A stack that a stranger deploys beside a table that is there.
import { App, Stack } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Daytally } from 'daytally/cdk';

const app = new App();
const stack = new Stack(app, 'Daytally', { env: { region: 'eu-west-2' } });
const table = Table.fromTableName(stack, 'Table', 'games');
new Daytally(stack, 'Numbers', { table, definition: 'definition.json' }).addOutputs();
app.synth();
