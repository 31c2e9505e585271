import { MAX_POINT_AGE_DAYS, type MetricPoint } from '../../domain/metric-points.ts';
import { MILLIS_PER_DAY } from '../../domain/utc-day.ts';
import { PipelineFault } from '../../pipeline/faults.ts';
import type { MetricPublisher } from '../../pipeline/ports.ts';

/** Remembers what was published, and refuses what CloudWatch would. */
export class RecordingPublisher implements MetricPublisher {
  readonly #points = new Map<string, MetricPoint>();
  #received = 0;

  /** @param now epoch milliseconds */
  constructor(private readonly now: () => number) {}

  /**
   * All of the points, or none where one is too old.
   * @throws PipelineFault
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
   */
  async publish(points: readonly MetricPoint[]): Promise<void> {
    const oldest = this.now() - MAX_POINT_AGE_DAYS * MILLIS_PER_DAY;
    for (const point of points) requireTime(point, oldest);
    for (const point of points) this.#keep(point);
    this.#received += points.length;
  }

  /** Of each name, app and timestamp the `Maximum`, as graphs show it, by name, app, then time. */
  maxima(): MetricPoint[] {
    return [...this.#points].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, point]) => point);
  }

  /** How many values were ever published, repeated ones too. */
  get received(): number {
    return this.#received;
  }

  #keep(point: MetricPoint): void {
    const key = JSON.stringify([point.name, point.app, `${point.timestamp}`.padStart(15, '0')]);
    const known = this.#points.get(key);
    if (known === undefined || point.value > known.value) this.#points.set(key, point);
  }
}

function requireTime({ name, timestamp }: MetricPoint, oldest: number): void {
  if (timestamp >= oldest) return;
  throw new PipelineFault({
    what: 'CloudWatch refuses a point in time',
    where: name,
    expected: `a timestamp from ${new Date(oldest).toISOString()}, two weeks ago`,
    found: new Date(timestamp).toISOString(),
    remedy: `leave points out that are older than ${MAX_POINT_AGE_DAYS} days`,
  });
}
