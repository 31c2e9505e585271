import { createHash } from 'node:crypto';
import type { ExportOrder } from '../../pipeline/ports.ts';
import type { ExportFacts } from './export-layout.ts';
import type { OutputView } from './simulated-table.ts';

/** An export that DynamoDB has accepted, and from where to where. */
export interface AcceptedExport {
  readonly exportArn: string;
  readonly order: ExportOrder;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endsAt: number;
  readonly tableArn: string;
  readonly bucket: string;
  readonly partitions: number;
  readonly outputView: OutputView;
}

/** What the export's manifest is to say of it. */
export function factsOf(accepted: AcceptedExport): ExportFacts {
  const { exportArn, order, partitions } = accepted;
  return {
    s3Prefix: order.keyPrefix.replace(/\/$/, '') || null,
    exportId: exportArn.slice(exportArn.lastIndexOf('/') + 1),
    sharedData: order.span !== undefined,
    partitions,
    summary: { ...common(accepted), ...ofItsType(accepted) },
  };
}

const common = ({ exportArn, order, startedAt, endsAt, tableArn, bucket }: AcceptedExport) => ({
  version: order.span === undefined ? '2020-06-30' : '2023-08-01',
  exportArn,
  startTime: iso(startedAt),
  endTime: iso(endsAt),
  tableArn,
  tableId: hash(tableArn).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
  s3Bucket: bucket,
  s3SseAlgorithm: order.kmsKeyArn === undefined ? 'AES256' : 'KMS',
  s3SseKmsKeyId: order.kmsKeyArn ?? null,
  outputFormat: 'DYNAMODB_JSON',
});

const ofItsType = ({ order: { span }, startedAt, outputView }: AcceptedExport) =>
  span === undefined
    ? { exportTime: iso(startedAt) }
    : {
        exportFromTime: iso(span.from),
        exportToTime: iso(span.to),
        exportType: 'INCREMENTAL_EXPORT',
        outputView,
      };

export const iso = (millis: number): string => new Date(millis).toISOString();

export const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
