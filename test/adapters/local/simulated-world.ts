import type { ObjectCreatedEvent } from '../../../src/adapters/local/object-created.ts';
import { type ObjectWriter, SimulatedExporter } from '../../../src/adapters/local/simulated-exporter.ts';
import { gameTableShape } from '../../../src/adapters/local/simulated-items.ts';
import { type OutputView, SimulatedTable } from '../../../src/adapters/local/simulated-table.ts';
import type { ExportOrder } from '../../../src/pipeline/ports.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** A table, a bucket and an exporter between them, with a clock to set. */
export function simulatedWorld<B extends ObjectWriter>(
  bucket: B,
  options: { outputView?: OutputView; partitions?: number; recoveryPeriodDays?: number } = {},
) {
  const table = new SimulatedTable(gameTableShape);
  const clock = { now: 0 };
  const events: ObjectCreatedEvent[] = [];
  const exporter = new SimulatedExporter({
    table,
    bucket,
    tableArn: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
    now: () => clock.now,
    recoverableSince: 0,
    onObjectCreated: (event) => events.push(event),
    ...options,
  });
  return { table, bucket, clock, events, exporter };
}

/** The order of the night after a UTC day, and the moment at which it is made. */
export const nightly = (day: number): { order: ExportOrder; at: number } => ({
  at: (day + 1) * DAY + 2 * HOUR,
  order: {
    exportType: 'INCREMENTAL_EXPORT',
    span: { from: day * DAY, to: (day + 1) * DAY },
    keyPrefix: `exports/incremental/${new Date(day * DAY).toISOString().slice(0, 10)}/`,
    clientToken: `nightly-${day}`,
  },
});

/** The key of the last manifest summary that was written. */
export const lastManifest = (events: readonly ObjectCreatedEvent[]): string => {
  const key = events.map(({ detail }) => detail.object.key).findLast((key) => key.endsWith('/manifest-summary.json'));
  if (key === undefined) throw new Error('no manifest was written');
  return key;
};
