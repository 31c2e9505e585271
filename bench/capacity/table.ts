import {
  type AttributeValue,
  BatchGetItemCommand,
  DynamoDBClient,
  ProvisionedThroughputExceededException,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { itemBytes } from '../../src/adapters/aws/attribute-values.ts';
import { PatientRetries } from '../../src/adapters/aws/patient-retries.ts';
import type { VirtualClock } from './clock.ts';

type Item = Record<string, AttributeValue>;

/**
 * What is not used is saved up for 300 seconds.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html
 */
const BANKED_SECONDS = 300;

/** Capacity of one unit a second. */
class Capacity {
  /** Units that were used. */
  used = 0;
  throttled = 0;
  #saved = BANKED_SECONDS;
  #since: number;

  constructor(private readonly clock: VirtualClock) {
    this.#since = clock.now();
  }

  /** @throws ProvisionedThroughputExceededException where it has not so many units */
  take(units: number): void {
    const now = this.clock.now();
    this.#saved = Math.min(BANKED_SECONDS, this.#saved + (now - this.#since) / 1000);
    this.#since = now;
    if (units > this.#saved) {
      this.throttled++;
      throw new ProvisionedThroughputExceededException({ message: 'throttled', $metadata: {} });
    }
    this.#saved -= units;
    this.used += units;
  }
}

const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

/** The Analytics Table at one read and one write unit, in virtual time; every request takes some milliseconds. */
export class ThrottledTable {
  readonly writes: Capacity;
  readonly reads: Capacity;
  readonly #days = new Map<string, Map<string, Item>>();

  constructor(private readonly clock: VirtualClock) {
    this.writes = new Capacity(clock);
    this.reads = new Capacity(clock);
  }

  /** A client for it, which retries as the functions' own client does. */
  client(): DynamoDBClient {
    const client = new DynamoDBClient({ region: 'eu-west-2' });
    const retries = new PatientRetries((millis) => this.clock.sleep(millis));
    const send = async (command: unknown): Promise<unknown> => {
      for (let token = await retries.acquireInitialRetryToken(); ; ) {
        await this.clock.sleep(REQUEST_MILLIS);
        try {
          return this.#answer(command);
        } catch (error) {
          if (!(error instanceof ProvisionedThroughputExceededException)) throw error;
          token = await retries.refreshRetryTokenForRetry(token, { errorType: 'THROTTLING' });
        }
      }
    };
    return Object.assign(client, { send });
  }

  #answer(command: unknown): unknown {
    if (command instanceof PutItemCommand) return this.#put(command.input.Item ?? {});
    if (command instanceof QueryCommand) {
      const date = command.input.ExpressionAttributeValues?.[':date']?.S ?? '';
      return this.#read([...this.#dayOf(date).values()], 1);
    }
    if (command instanceof BatchGetItemCommand) {
      const [[table, request] = []] = Object.entries(command.input.RequestItems ?? {});
      const keys = request?.Keys ?? [];
      const found = keys.flatMap(({ date, app }) => {
        const item = this.#dayOf(date?.S ?? '').get(app?.S ?? '');
        return item === undefined ? [] : [item];
      });
      const { Items } = this.#read(found, request?.ConsistentRead ? 1 : 0.5);
      return { Responses: { [table ?? '']: Items } };
    }
    throw new Error(`no answer for ${String(command)}`);
  }

  #put(item: Item): object {
    this.writes.take(Math.ceil(itemBytes(item) / WRITE_UNIT_BYTES));
    this.#dayOf(item.date?.S ?? '').set(item.app?.S ?? '', item);
    return {};
  }

  #read(items: Item[], unitsEach: number): { readonly Items: Item[] } {
    const bytes = items.reduce((sum, item) => sum + itemBytes(item), 0);
    this.reads.take(unitsEach * Math.ceil(bytes / READ_UNIT_BYTES));
    return { Items: items };
  }

  #dayOf(date: string): Map<string, Item> {
    const day = this.#days.get(date) ?? new Map<string, Item>();
    this.#days.set(date, day);
    return day;
  }
}

const REQUEST_MILLIS = 5;
