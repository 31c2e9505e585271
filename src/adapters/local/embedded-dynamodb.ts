import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { PipelineFault } from '../../pipeline/faults.ts';

/** An Analytics Table on this machine. */
export interface EmbeddedTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly endpoint: string;
  close(): Promise<void>;
}

/**
 * Starts an embedded DynamoDB on 127.0.0.1, on a free port, with an empty Analytics Table in it.
 * Conditions and the limit of 400 KB are those of DynamoDB; there is no time to live and no throttling.
 * @param directory where the table is kept; in memory where not given
 */
export async function openEmbeddedTable(tableName = 'daytally-analytics', directory?: string): Promise<EmbeddedTable> {
  const dynalite = await loadDynalite();
  const server = dynalite({ createTableMs: 0, ...(directory === undefined ? {} : { path: directory }) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await createTable(client, tableName);
  const close = async () => {
    client.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { client, tableName, endpoint, close };
}

/** Where the package is installed, who only counts does without it: it has native code. */
async function loadDynalite(): Promise<typeof import('dynalite')['default']> {
  try {
    return (await import('dynalite')).default;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    const what = 'the embedded DynamoDB of the demo is not installed';
    throw new PipelineFault({ what, expected: 'the package dynalite 4', remedy: 'npm install dynalite@4', cause });
  }
}

async function createTable(client: DynamoDBClient, TableName: string): Promise<void> {
  const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  const create = new CreateTableCommand({
    TableName,
    AttributeDefinitions: [attribute('date'), attribute('app')],
    KeySchema: [
      { AttributeName: 'date', KeyType: 'HASH' },
      { AttributeName: 'app', KeyType: 'RANGE' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  });
  await client.send(create).catch((error: unknown) => {
    if (!(error instanceof ResourceInUseException)) throw error;
  });
  await waitUntilTableExists({ client, minDelay: 0.02, maxDelay: 0.2, maxWaitTime: 10 }, { TableName });
}
