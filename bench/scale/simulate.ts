import { planExport } from '../../src/pipeline/large/export-plan.ts';
import { LARGE_EXPORT_MEMORY_MB } from '../../src/schemas/large-export.ts';
import type { Counting, Measurement } from './measure.ts';
import { assumptions, limits, prices } from './prices.ts';

/** An export that nobody has here: as many bytes and items as said, in files of a size that DynamoDB writes. */
export interface Scenario {
  readonly name: string;
  readonly rawBytes: number;
  readonly bytesPerRecord: number;
  readonly files: number;
}

export const scenarios: readonly Scenario[] = [
  { name: '1 GB', rawBytes: 1e9, bytesPerRecord: 2_400, files: 16 },
  { name: '100 GB', rawBytes: 100e9, bytesPerRecord: 2_400, files: 800 },
  { name: '10 TB', rawBytes: 10e12, bytesPerRecord: 2_400, files: 40_000 },
];

/** What one core here does. */
export interface Speed {
  readonly secondsPerByte: number;
  readonly secondsPerItem: number;
  readonly mergedItemsPerSecond: number;
  readonly gzShare: number;
}

/** Counting costs by bytes and by items: how much by which, two kinds of data tell, small records and large ones. */
export function speedOf(small: Measurement, large: Counting): Speed {
  const [bytes, items, seconds] = [small.data.rawBytes, small.items, small.map.cpuSeconds];
  const [moreBytes, fewerItems, otherSeconds] = [large.data.rawBytes, large.items, large.map.cpuSeconds];
  const determinant = bytes * fewerItems - moreBytes * items;
  return {
    secondsPerByte: Math.max(0, (seconds * fewerItems - otherSeconds * items) / determinant),
    secondsPerItem: Math.max(0, (bytes * otherSeconds - moreBytes * seconds) / determinant),
    mergedItemsPerSecond: items / small.merge.cpuSeconds,
    gzShare: large.gzBytes / moreBytes,
  };
}

const itemsOf = ({ rawBytes, bytesPerRecord }: Scenario): number => rawBytes / bytesPerRecord;

/** Of one core here. */
const secondsToCount = (scenario: Scenario, { secondsPerByte, secondsPerItem }: Speed): number =>
  scenario.rawBytes * secondsPerByte + itemsOf(scenario) * secondsPerItem;

export interface Estimate {
  readonly way: string;
  readonly seconds: number;
  readonly dollars: number;
}

/** What each way takes, publishing aside: that waits for the Analytics Table, whichever way it was counted. */
export const estimate = (scenario: Scenario, speed: Speed): Estimate[] => [
  daytally(scenario, speed),
  athena(scenario, speed),
  glue(scenario, speed),
  duckDb(scenario, speed),
];

function daytally(scenario: Scenario, speed: Speed): Estimate {
  const items = itemsOf(scenario);
  const inline = { memoryMb: 256, timeoutSeconds: 300 };
  const child = { memoryMb: LARGE_EXPORT_MEMORY_MB, timeoutSeconds: 900 };
  // DynamoDB bills for about half of what the JSON text is.
  const size = { files: scenario.files, items, billedSizeBytes: scenario.rawBytes / 2 };
  const plan = planExport(size, inline, child);
  const coreSeconds = secondsToCount(scenario, speed) / assumptions.lambdaShareOfCore;
  if (plan.mode === 'inline') {
    const seconds = coreSeconds / (inline.memoryMb / LARGE_EXPORT_MEMORY_MB);
    const dollars = lambdaDollars(seconds, inline.memoryMb) + scenario.files * prices.s3Get;
    return { way: 'Daytally, one function', seconds: seconds + assumptions.coldStartSeconds, dollars };
  }
  const batches = Math.ceil(scenario.files / plan.filesPerBatch);
  const mapSeconds = inWaves(batches, coreSeconds / batches);
  const mergeCore = items / plan.shards / (speed.mergedItemsPerSecond * assumptions.lambdaShareOfCore);
  const mergeWaits = (2 * scenario.files * assumptions.s3RequestSeconds) / assumptions.mergeRequestsAtATime;
  const mergeSeconds = Math.max(
    inWaves(plan.shards, mergeCore + mergeWaits),
    (2 * scenario.files * plan.shards) / limits.s3GetsPerSecond,
  );
  const gets = scenario.files * (1 + 2 * plan.shards + 1) + batches + plan.shards;
  const puts = 2 * (scenario.files + plan.shards);
  const transitions = 3 * (batches + plan.shards) + 5;
  const dollars =
    lambdaDollars(coreSeconds + plan.shards * (mergeCore + mergeWaits), LARGE_EXPORT_MEMORY_MB) +
    (batches + plan.shards) * prices.lambdaRequest +
    gets * prices.s3Get +
    puts * prices.s3Put +
    transitions * prices.stateTransition;
  const way = `Daytally, ${batches} batches, ${plan.shards} shards`;
  return { way, seconds: mapSeconds + mergeSeconds + 3 * assumptions.stateSeconds, dollars };
}

/** So many tasks of equal length, as many at a time as are allowed, the first of them started one after the other. */
function inWaves(tasks: number, seconds: number): number {
  const atATime = Math.min(tasks, limits.concurrency);
  return Math.ceil(tasks / atATime) * seconds + atATime / limits.startsPerSecond + assumptions.coldStartSeconds;
}

const lambdaDollars = (seconds: number, memoryMb: number): number =>
  seconds * (memoryMb / 1024) * prices.lambdaGbSecond;

const athena = ({ rawBytes }: Scenario, { gzShare }: Speed): Estimate => ({
  way: 'Athena, one query',
  seconds: assumptions.athenaStartSeconds + rawBytes / assumptions.athenaBytesPerSecond,
  dollars: ((rawBytes * gzShare) / 1e12) * prices.athenaTerabyte,
});

function glue(scenario: Scenario, speed: Speed): Estimate {
  const dpuSeconds = (secondsToCount(scenario, speed) * assumptions.duckDbTimesOurs) / 4;
  const dpus = Math.min(assumptions.glueDpus, Math.max(2, Math.ceil(dpuSeconds / 300)));
  const seconds = dpuSeconds / dpus;
  const dollars = (dpus * Math.max(60, seconds) * prices.glueDpuHour) / 3600;
  return { way: `Glue, ${dpus} DPUs`, seconds: assumptions.glueStartSeconds + seconds, dollars };
}

function duckDb(scenario: Scenario, speed: Speed): Estimate {
  const coreSeconds = secondsToCount(scenario, speed) * assumptions.duckDbTimesOurs;
  const seconds = assumptions.instanceStartSeconds + coreSeconds / assumptions.instanceCores;
  return { way: 'DuckDB, c7g.16xlarge', seconds, dollars: (seconds * prices.instanceHour) / 3600 };
}
