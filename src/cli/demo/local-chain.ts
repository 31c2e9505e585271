import { join } from 'node:path';
import { DynamoDbStore } from '../../adapters/aws/dynamodb-store.ts';
import { simdReader } from '../../adapters/dynamodb-json/simd-reader.ts';
import { DirectoryBucket } from '../../adapters/local/directory-bucket.ts';
import { type EmbeddedTable, openEmbeddedTable } from '../../adapters/local/embedded-dynamodb.ts';
import { LocalEvents } from '../../adapters/local/local-events.ts';
import type { ObjectCreatedEvent } from '../../adapters/local/object-created.ts';
import { RecordingPublisher } from '../../adapters/local/recording-publisher.ts';
import { SimulatedExporter } from '../../adapters/local/simulated-exporter.ts';
import type { SimulatedTable } from '../../adapters/local/simulated-table.ts';
import type { Definition } from '../../domain/definition.ts';
import { MAX_PUBLISHED_APPS } from '../../domain/published-apps.ts';
import { handleExportRequest } from '../../handlers/handle-export-request.ts';
import { handleTrigger, type TriggerContext } from '../../handlers/handle-trigger.ts';
import type { AggregatedExport } from '../../pipeline/aggregate-export.ts';
import type { RequestedExports } from '../../pipeline/request/request-exports.ts';

const BUCKET = 'daytally-exports';
const PREFIX = 'exports/';
const TABLE_ARN = 'arn:aws:dynamodb:eu-west-2:111122223333:table/demo';
const CATCH_UP_DAYS = 7;
const FILES_AT_A_TIME = 4;

export interface LocalChainOptions {
  /** The table that is exported. */
  readonly source: SimulatedTable;
  /** What is counted. */
  readonly definition: Definition;
  /** Where the bucket and the Analytics Table are kept. */
  readonly directory: string;
  /** When point-in-time recovery was turned on, epoch milliseconds. */
  readonly recoverableSince: number;
}

/** The whole nightly chain on this machine: the two functions' code between a simulated DynamoDB, S3 and EventBridge. */
export class LocalChain {
  readonly events = new LocalEvents(BUCKET, PREFIX);
  readonly publisher = new RecordingPublisher(() => this.now().getTime());
  /** Every event that the aggregator was given. */
  readonly delivered: ObjectCreatedEvent[] = [];
  readonly store: DynamoDbStore;
  readonly #bucket: DirectoryBucket;
  readonly #exporter: SimulatedExporter;
  #invocations = 0;
  #clock = { set: 0, at: 0 };

  private constructor(
    readonly options: LocalChainOptions,
    readonly table: EmbeddedTable,
  ) {
    this.#bucket = new DirectoryBucket(join(options.directory, 'bucket'), BUCKET);
    this.store = new DynamoDbStore({
      ...table,
      definition: options.definition,
      detail: { files: this.#bucket, prefix: 'detail/' },
    });
    this.#exporter = new SimulatedExporter({
      table: options.source,
      bucket: this.#bucket,
      tableArn: TABLE_ARN,
      now: () => this.now().getTime(),
      recoverableSince: options.recoverableSince,
      onObjectCreated: (event) => this.events.put(event),
    });
  }

  static async open(options: LocalChainOptions): Promise<LocalChain> {
    return new LocalChain(options, await openEmbeddedTable('daytally-analytics', join(options.directory, 'table')));
  }

  /** The time that the chain believes it is: from where it was set, it goes on as time does. */
  now(): Date {
    return new Date(this.#clock.set + Math.round(performance.now() - this.#clock.at));
  }

  /** @param millis epoch milliseconds */
  setClock(millis: number): void {
    this.#clock = { set: millis, at: performance.now() };
  }

  close(): Promise<void> {
    return this.table.close();
  }

  /** What the Export Lambda does when it is invoked with `input`. */
  requestExports(input: unknown): Promise<RequestedExports> {
    const ports = { exporter: this.#exporter, store: this.store, operations };
    return handleExportRequest(input, ports, {
      tableArn: TABLE_ARN,
      bucket: BUCKET,
      s3Prefix: PREFIX,
      catchUpDays: CATCH_UP_DAYS,
      requestId: this.#nextInvocation(),
      now: this.now(),
      log: silent,
    });
  }

  /** Delivers the events that wait: what the Aggregator Lambda does with each. */
  async deliver(events: readonly ObjectCreatedEvent[] = this.events.take()): Promise<AggregatedExport[]> {
    const done: AggregatedExport[] = [];
    for (const event of events) {
      this.delivered.push(event);
      const result = await handleTrigger(event, this.#triggerContext());
      if ('days' in result) done.push(result);
    }
    return done;
  }

  #triggerContext(): TriggerContext {
    const { definition } = this.options;
    const publishing = {
      store: this.store,
      publisher: this.publisher,
      maxPublishedApps: MAX_PUBLISHED_APPS,
      operations,
    };
    return {
      tableArn: TABLE_ARN,
      portsFor: () => ({
        files: this.#bucket,
        reader: simdReader,
        definition,
        concurrency: FILES_AT_A_TIME,
        ...publishing,
      }),
      startElsewhere: async () => undefined,
      run: {
        runId: this.#nextInvocation(),
        startedAt: this.now(),
        codeVersion: 'demo',
        now: () => this.now(),
        remainingMillis: () => Number.POSITIVE_INFINITY,
        log: silent,
      },
    };
  }

  #nextInvocation(): string {
    this.#invocations++;
    return `invocation-${this.#invocations}`;
  }
}

const silent = { step: () => {}, doubt: () => {} };
/** What is for alarms has nobody to ring for. */
const operations = { tell: async () => {} };
