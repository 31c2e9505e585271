// Refused: nobody can ask DynamoDB to export another account's table.
import { App, Stack } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Daytally } from 'daytally/cdk';

const stack = new Stack(new App(), 'Shop', { env: { account: '111122223333', region: 'eu-west-2' } });
const table = Table.fromTableArn(stack, 'Table', 'arn:aws:dynamodb:eu-west-2:444455556666:table/shop');
new Daytally(stack, 'Daytally', { table });
