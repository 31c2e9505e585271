import { DynamoDbStore } from '../../src/adapters/aws/dynamodb-store.ts';
import type { EmbeddedTable } from '../../src/adapters/local/embedded-dynamodb.ts';
import type { LedgerEntry } from '../../src/domain/run-ledger.ts';
import { firstGames } from './first-games.ts';

/** Writes entries as the pipeline does, and the definition by which they were counted. */
export async function fillLedger(
  table: EmbeddedTable,
  entries: readonly LedgerEntry[],
  definition = firstGames,
): Promise<void> {
  const detail = { files: { bucket: 'none', put: async () => {} }, prefix: '' };
  const store = new DynamoDbStore({ client: table.client, tableName: table.tableName, definition, detail });
  await store.noteDefinition();
  for (const entry of entries) await store.putLedger(entry, undefined);
}

/** Sends all SDK clients that are made from now on to the embedded DynamoDB. */
export function pointSdkAt({ endpoint }: EmbeddedTable): void {
  process.env.AWS_ENDPOINT_URL_DYNAMODB = endpoint;
  process.env.AWS_REGION = 'eu-west-2';
  process.env.AWS_ACCESS_KEY_ID = 'local';
  process.env.AWS_SECRET_ACCESS_KEY = 'local';
}
