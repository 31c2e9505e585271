import type { TableDefinition } from '../../domain/define-table.ts';

/** What a definition begins with, to be changed to what the table holds: orders of users, by the usual keys of one table. */
const startingPoint: TableDefinition = {
  $schema: './node_modules/daytally/dist/definition.schema.json',
  version: 1,
  separator: '#',
  activities: {
    order: { is: { PK: 'USER#${user}', SK: 'ORDER#${order}' }, at: 'createdAt', on: 'insert' },
  },
  metrics: {
    buyers: { of: 'order', measure: 'distinctUsers', title: 'Buyers' },
    orders: { of: 'order', measure: 'countPerUser', title: 'Orders' },
  },
};

/** The text of daytally.json. */
export const firstDefinition = (): string => `${JSON.stringify(startingPoint, undefined, 2)}\n`;
