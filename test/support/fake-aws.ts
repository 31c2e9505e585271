import { Readable } from 'node:stream';
import { CloudWatchClient, type PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import {
  type GetObjectCommandInput,
  type ListObjectsV2CommandInput,
  NoSuchKey,
  type PutObjectCommandInput,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** A command as the SDK's clients are sent it. */
interface Command {
  readonly input: unknown;
  readonly constructor: { readonly name: string };
}

/** An S3 client whose one bucket is a map; counts what it is asked. */
export function fakeS3(objects: Map<string, Uint8Array>, { pageSize = 1000 } = {}): S3Client {
  const answers: Record<string, (input: never) => unknown> = {
    GetObjectCommand: ({ Key = '', Range, IfMatch }: GetObjectCommandInput) => {
      const bytes = objects.get(Key);
      if (bytes === undefined) throw new NoSuchKey({ message: 'no such key', $metadata: {} });
      const ETag = `"${bytes.length}"`;
      if (IfMatch !== undefined && IfMatch !== ETag) throw preconditionFailed();
      const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(Range ?? 'bytes=0-') ?? [];
      const rest = bytes.subarray(Number(from), to ? Number(to) + 1 : undefined);
      return { Body: Readable.from([rest]), ContentLength: rest.length, ETag };
    },
    PutObjectCommand: ({ Key = '', Body }: PutObjectCommandInput) => {
      objects.set(Key, Body as Uint8Array);
      return {};
    },
    ListObjectsV2Command: ({ Prefix = '', ContinuationToken = '0' }: ListObjectsV2CommandInput) => {
      const keys = [...objects.keys()].filter((key) => key.startsWith(Prefix)).sort();
      const end = Number(ContinuationToken) + pageSize;
      return {
        Contents: keys.slice(end - pageSize, end).map((Key) => ({ Key })),
        ...(end < keys.length ? { NextContinuationToken: `${end}`, IsTruncated: true } : {}),
      };
    },
  };
  return answering(new S3Client({ region: 'eu-west-2', credentials }), answers);
}

const preconditionFailed = () =>
  new S3ServiceException({ name: 'PreconditionFailed', message: 'changed', $fault: 'client', $metadata: {} });

/** A CloudWatch client that keeps the maximum of each metric, as graphs show it. */
export function fakeCloudWatch() {
  const maxima = new Map<string, number>();
  const answers = {
    PutMetricDataCommand: ({ Namespace, MetricData = [] }: PutMetricDataCommandInput) => {
      for (const { MetricName, Dimensions = [], Timestamp, Value = 0 } of MetricData) {
        const key = [Namespace, MetricName, Dimensions[0]?.Value, Timestamp?.toISOString()].join('|');
        maxima.set(key, Math.max(Value, maxima.get(key) ?? Value));
      }
      return {};
    },
  };
  return { client: answering(new CloudWatchClient({ region: 'eu-west-2', credentials }), answers), maxima };
}

function answering<C extends S3Client | CloudWatchClient>(
  client: C,
  answers: Record<string, (input: never) => unknown>,
) {
  client.send = (async ({ input, constructor: { name } }: Command) => {
    const answer = answers[name];
    if (answer === undefined) throw new Error(`unexpected ${name}`);
    return answer(input as never);
  }) as never;
  return client;
}

/** The process is gone. */
class Crash extends Error {}

/** How many calls to AWS may still be made; whether the last one still arrives, though no answer comes back. */
export interface Budget {
  calls: number;
  readonly lastArrives: boolean;
}

/** The client, until the budget is spent: from then on the process that holds it does nothing any more. */
export function mortal<C extends { send: (...args: never[]) => unknown }>(client: C, budget: Budget): C {
  const send = async (...args: never[]): Promise<unknown> => {
    budget.calls--;
    if (budget.calls < 0 || (budget.calls === 0 && !budget.lastArrives)) throw new Crash();
    const answer = await client.send(...args);
    if (budget.calls <= 0) throw new Crash();
    return answer;
  };
  return new Proxy(client, { get: (target, name) => (name === 'send' ? send : Reflect.get(target, name, target)) });
}

type Item = Record<string, AttributeValue>;

/** All items of a table, by key. */
export async function scan(client: DynamoDBClient, TableName: string): Promise<Item[]> {
  const items: Item[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) items.push(...Items);
  return items.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = ({ date, app }: Item): string => `${date?.S} ${app?.S}`;

export async function clear(client: DynamoDBClient, TableName: string): Promise<void> {
  const deletes = (await scan(client, TableName)).map(({ date, app }) => ({
    DeleteRequest: { Key: { date, app } as Item },
  }));
  for (let start = 0; start < deletes.length; start += 25) {
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: deletes.slice(start, start + 25) } }));
  }
}

/** Puts items as they are. */
export async function restore(client: DynamoDBClient, TableName: string, items: readonly Item[]): Promise<void> {
  await clear(client, TableName);
  const puts = items.map((Item) => ({ PutRequest: { Item } }));
  for (let start = 0; start < puts.length; start += 25) {
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: puts.slice(start, start + 25) } }));
  }
}
