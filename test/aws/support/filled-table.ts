import {
  type AttributeValue,
  CreateTableCommand,
  PutItemCommand,
  paginateScan,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { type SeededRandom, seededRandom } from '../../support/seeded-random.ts';
import type { Clients } from './clients.ts';

type Item = Record<string, AttributeValue>;

const DAY = 86_400_000;
const apps = ['sudoku', 'chess', '__proto__', 'été', 'a b'];
const users = ['ada', 'grace', 'linus', '日本', '😀', '"\\', '__proto__', 'user-ada'];

/** Makes a table and puts items of a game into it through DynamoDB's API. @returns the table's ARN */
export async function fillTable({ dynamoDb }: Clients, name: string, firstDay: number, items: number): Promise<string> {
  const { TableDescription } = await dynamoDb.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'modelId', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'modelId', AttributeType: 'S' }],
    }),
  );
  const recovery = { PointInTimeRecoveryEnabled: true };
  await dynamoDb.send(
    new UpdateContinuousBackupsCommand({ TableName: name, PointInTimeRecoverySpecification: recovery }),
  );
  const random = seededRandom(1);
  for (let id = 0; id < items; id++) {
    await dynamoDb.send(new PutItemCommand({ TableName: name, Item: itemOf(random, id, firstDay) }));
  }
  return TableDescription?.TableArn ?? '';
}

/** All items, as a plain scan finds them. */
export async function scan({ dynamoDb }: Clients, name: string): Promise<Item[]> {
  const found: Item[] = [];
  for await (const { Items = [] } of paginateScan({ client: dynamoDb }, { TableName: name })) found.push(...Items);
  return found;
}

function itemOf(random: SeededRandom, id: number, firstDay: number): Item {
  const app = random.pick(apps);
  const user = random.pick(users);
  const at = timeOf(random, firstDay);
  const rest: Item = { board: { M: { owner: { S: 'user-nobody' }, cells: { L: [{ N: '1' }, { NULL: true }] } } } };
  switch (random.pick(['session', 'session', 'party', 'member', 'game', 'broken'])) {
    case 'session':
      return { modelId: { S: `session-${app}-${id}` }, owner: { S: `user-${user}` }, updatedAt: at, ...rest };
    case 'party':
      return { modelId: { S: `party-${app}-${id}` }, owner: { S: `user-${user}` }, createdAt: at, ...rest };
    case 'member':
      return { modelId: { S: `member-user-${user}${id}` }, owner: { S: `party-${app}-1` }, createdAt: at };
    case 'game':
      return { modelId: { S: `game-${id}` }, data: { B: Buffer.from('bytes') }, tags: { SS: ['a', 'b'] } };
    default:
      return { modelId: { S: `session-${app}-${id}` }, owner: { S: 'nobody' }, updatedAt: at };
  }
}

/** In the four days from the first on: as seconds, milliseconds or text. */
function timeOf(random: SeededRandom, firstDay: number): AttributeValue {
  const instant = firstDay + random.below(4 * DAY);
  return random.pick<AttributeValue>([
    { N: String(Math.floor(instant / 1000)) },
    { N: String(instant) },
    { S: new Date(instant).toISOString() },
  ]);
}
