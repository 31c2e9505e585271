import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { noteDefinition, readDefinition } from '../../../src/adapters/aws/definition-item.ts';
import { type EmbeddedTable, openEmbeddedTable } from '../../../src/adapters/local/embedded-dynamodb.ts';
import { parseDefinition } from '../../../src/schemas/definition.ts';
import { shop } from '../../support/another-table.ts';
import { firstGames } from '../../support/first-games.ts';

let table: EmbeddedTable;
beforeAll(async () => {
  table = await openEmbeddedTable();
});
afterAll(async () => await table.close());

describe('the definition in the table', () => {
  it('stands under its hash, as it was written, and does not expire', async () => {
    await noteDefinition(table, shop);
    const Key = { date: { S: '#definition' }, app: { S: shop.hash } };
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.tableName, Key }));
    expect(Item).toEqual({ ...Key, json: { S: shop.json } });
  });

  it('is read back as what it was', async () => {
    await noteDefinition(table, shop);
    await noteDefinition(table, firstGames);
    await expect(readDefinition(table, shop.hash)).resolves.toEqual(shop);
    await expect(readDefinition(table, firstGames.hash)).resolves.toEqual(firstGames);
    await expect(readDefinition(table, '0000000000000000')).resolves.toBeUndefined();
  });

  it('is written once: a night that counts as the last one writes nothing', async () => {
    const definition = parseDefinition({ ...JSON.parse(shop.json), app: 'once' }, 'test');
    const send = vi.spyOn(table.client, 'send');
    for (let night = 0; night < 3; night++) await noteDefinition(table, definition);
    const written = send.mock.calls.filter(([command]) => (command as object) instanceof PutItemCommand);
    send.mockRestore();
    expect(written).toHaveLength(1);
  });

  it('is written again where only its words have changed, for those count for nothing in the hash', async () => {
    const { metrics, ...rest } = JSON.parse(shop.json);
    const inWords = { ...rest, metrics: { ...metrics, buyers: { ...metrics.buyers, title: 'People who bought' } } };
    const reworded = parseDefinition(inWords, 'test');
    expect(reworded.hash).toBe(shop.hash);
    await noteDefinition(table, shop);
    await noteDefinition(table, reworded);
    const read = await readDefinition(table, shop.hash);
    expect(read?.metrics[0]?.title).toBe('People who bought');
  });

  it('is named where someone else has written into the table', async () => {
    const Item = { date: { S: '#definition' }, app: { S: 'feedfeedfeedfeed' }, json: { S: '{"version": 7}' } };
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));
    await expect(readDefinition(table, 'feedfeedfeedfeed')).rejects.toThrow(
      /definition feedfeedfeedfeed in table .*version: expected 1/s,
    );
  });
});
