import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';

/** A DynamoDB on this machine with an empty Analytics Table. */
export interface TestTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** Makes another empty table. */
  create(): Promise<string>;
  close(): Promise<void>;
}

export async function startDynamoDb(): Promise<TestTable> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  let tables = 0;
  const create = async (): Promise<string> => {
    const name = `daytally-analytics-${++tables}`;
    await createTable(client, name);
    return name;
  };
  return {
    client,
    tableName: await create(),
    create,
    close: async () => {
      client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function createTable(client: DynamoDBClient, TableName: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'date', AttributeType: 'S' },
        { AttributeName: 'app', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'date', KeyType: 'HASH' },
        { AttributeName: 'app', KeyType: 'RANGE' },
      ],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.02, maxDelay: 0.05 }, { TableName });
}
