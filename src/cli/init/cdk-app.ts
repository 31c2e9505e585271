/** The table that is counted, and where it is. */
export interface InitTable {
  readonly table: string;
  readonly region: string;
}

/** JavaScript, so that it runs as it is. */
export const cdkApp = ({ table, region }: InitTable): string => `import { App } from 'aws-cdk-lib';
import { DaytallyStack } from 'daytally/cdk';

new DaytallyStack(new App(), 'Daytally', {
  tableName: ${text(table)},
  env: { region: ${text(region)} },
  definition: 'daytally.json',
});
`;

export const cdkJson = (): string => `${JSON.stringify({ app: 'node app.mjs' }, undefined, 2)}\n`;

/** For a stack that there is, with the table made in it or imported. */
export const snippet = ({ table }: InitTable): string => `import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Daytally } from 'daytally/cdk';

const table = Table.fromTableName(this, 'DaytallySource', ${text(table)}); // or the Table of your stack
new Daytally(this, 'Daytally', { table, definition: 'daytally.json' }).addOutputs();
`;

const text = (value: string): string => `'${value.replace(/['\\]/g, '\\$&')}'`;
