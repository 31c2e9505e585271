import { InvokeCommand } from '@aws-sdk/client-lambda';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { SimulatedExporter } from '../../../src/adapters/local/simulated-exporter.ts';
import { playGame } from '../../../src/adapters/local/simulated-game.ts';
import { gameTableShape } from '../../../src/adapters/local/simulated-items.ts';
import { SimulatedTable } from '../../../src/adapters/local/simulated-table.ts';
import { midnightOf, type UtcDay } from '../../../src/domain/utc-day.ts';
import type { Deployment } from './deployment.ts';
import { recordedRequests } from './recorded-requests.ts';

const requestSchema = z.object({
  TableArn: z.string(),
  S3Prefix: z.string(),
  ClientToken: z.string(),
  /** Of an incremental export. */
  IncrementalExportSpecification: z.object({ ExportFromTime: z.number(), ExportToTime: z.number() }).nullish(),
});

/** What the Export Lambda has asked for. */
export type ExportRequest = z.output<typeof requestSchema> & {
  /** Of the request: the same export may be asked for again. */
  readonly id: string;
};

/** The emulator notes requests for exports and writes none: here is a game, and what DynamoDB would write of it. */
export class GameWithExports {
  readonly #deployment: Deployment;
  readonly #table = new SimulatedTable(gameTableShape);
  readonly #firstDay: UtcDay;

  /** Played from the first day to the last. */
  constructor(deployment: Deployment, firstDay: UtcDay, lastDay: UtcDay) {
    this.#deployment = deployment;
    this.#firstDay = firstDay;
    playGame(this.#table, { seed: 1, players: 300, from: firstDay, to: lastDay });
  }

  /** Invokes the Export Lambda as the schedule does. @returns the exports that it has asked for */
  async askForExports(): Promise<ExportRequest[]> {
    const { clients, outputs } = this.#deployment;
    const Payload = '{"mode":"incremental"}';
    const answer = await clients.lambda.send(new InvokeCommand({ FunctionName: outputs.ExportFunctionName, Payload }));
    if (answer.FunctionError !== undefined) throw new Error(Buffer.from(answer.Payload ?? []).toString());
    return await this.askedExports();
  }

  /** All exports that were ever asked for, the oldest first. */
  async askedExports(): Promise<ExportRequest[]> {
    const requests = await recordedRequests(this.#deployment.clients, 'ExportTableToPointInTime');
    return requests.map(({ id, parameters }) => ({ id, ...requestSchema.parse(parameters) }));
  }

  /** Writes an export that was asked for into the bucket, object by object, the manifest last. */
  async writeExport({ TableArn, S3Prefix, ClientToken, IncrementalExportSpecification }: ExportRequest): Promise<void> {
    const { clients, outputs } = this.#deployment;
    const bucket = outputs.ExportBucketName ?? '';
    const exporter = new SimulatedExporter({
      table: this.#table,
      tableArn: TableArn,
      bucket: {
        bucket,
        put: async (Key, Body) => void (await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))),
      },
      now: Date.now,
      recoverableSince: midnightOf(this.#firstDay),
      // S3 tells of its objects itself.
      onObjectCreated: () => {},
    });
    const order = { keyPrefix: `${S3Prefix}/`, clientToken: ClientToken };
    if (!IncrementalExportSpecification) {
      await exporter.startExport({ exportType: 'FULL_EXPORT', ...order });
      return;
    }
    const { ExportFromTime, ExportToTime } = IncrementalExportSpecification;
    const span = { from: ExportFromTime * 1000, to: ExportToTime * 1000 };
    await exporter.startExport({ exportType: 'INCREMENTAL_EXPORT', span, ...order });
  }
}
