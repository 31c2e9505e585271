/*
 * npm run bench:scale: counts 5 GB of generated data file by file and shard by shard on this machine, each task in a
 * process of its own, and reckons from its figures what larger exports would take on AWS. Some minutes.
 */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { BASE_MB, MERGE_BYTES_PER_ITEM, secondsToCount } from '../../src/pipeline/large/export-plan.ts';
import { LARGE_EXPORT_MEMORY_MB } from '../../src/schemas/large-export.ts';
import { type Counting, type Measurement, measure, measureCounting } from './measure.ts';
import { prices } from './prices.ts';
import { estimate, type Speed, scenarios, speedOf } from './simulate.ts';

/** Small records, and nearly every one of another user: the most that can be asked of a merge. */
const SMALL_RECORDS = { files: 200, rawBytes: 5e9, bytesPerRecord: 400, users: 5_000_000 };

/** As items usually are. */
const LARGE_RECORDS = { files: 20, rawBytes: 1e9, bytesPerRecord: 2_400, users: 5_000_000 };

const say = (line = ''): void => void process.stdout.write(`${line}\n`);
const MB = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

function sayMeasured(measured: Measurement): void {
  const { data, items, gzBytes, filesPerBatch, shards, map, merge, publish } = measured;
  say(`${cpus()[0]?.model ?? 'unknown processor'}, Node.js ${process.version}`);
  say(
    `${MB(data.rawBytes)} raw, ${MB(gzBytes)} gzipped, ${data.files} files, ${items} records of ${data.bytesPerRecord} bytes`,
  );
  say(`plan: ${filesPerBatch} files a batch, ${shards} shards`);
  say();
  say('step      tasks   processor s   peak MB of a task');
  for (const [name, { tasks, cpuSeconds, peakMb }] of Object.entries({ map, merge, publish })) {
    say(
      `${name.padEnd(8)}${`${tasks}`.padStart(7)}${cpuSeconds.toFixed(1).padStart(14)}${peakMb.toFixed(0).padStart(20)}`,
    );
  }
  say();
  const size = { files: data.files, items, billedSizeBytes: data.rawBytes / 2 };
  const reckoned = secondsToCount(size, { memoryMb: LARGE_EXPORT_MEMORY_MB, timeoutSeconds: 900 });
  sayCounting(measured);
  say(`all of it took ${Math.round(map.cpuSeconds)} s; the plan reckons with ${Math.round(reckoned)} s`);
  say(`one core merges ${Math.round(items / merge.cpuSeconds / 1e3)} thousand items/s`);
  const bytesPerItem = ((merge.peakMb - BASE_MB) * 2 ** 20) / (items / shards);
  say(`a merge takes ${Math.round(bytesPerItem)} bytes an item; the plan reckons with ${MERGE_BYTES_PER_ITEM}`);
  const over = Object.entries({ map, merge, publish }).filter(([, { peakMb }]) => peakMb > LARGE_EXPORT_MEMORY_MB);
  for (const [name, { peakMb }] of over) say(`${name} NEEDS ${peakMb.toFixed(0)} MB of ${LARGE_EXPORT_MEMORY_MB}`);
  if (over.length > 0) process.exitCode = 1;
}

function sayCounting({ data, items, map }: Counting): void {
  const speed = `${MB(data.rawBytes / map.cpuSeconds)}/s raw, ${Math.round(items / map.cpuSeconds / 1e3)} thousand items/s`;
  say(`records of ${data.bytesPerRecord} bytes: one core counts ${speed}`);
}

function sayEstimates(speed: Speed): void {
  say();
  say(`On AWS, reckoned (prices of ${prices.date}, us-east-1; assumptions in bench/scale/prices.ts):`);
  for (const scenario of scenarios) {
    say();
    say(`${scenario.name} raw in ${scenario.files} files`);
    for (const { way, seconds, dollars } of estimate(scenario, speed)) {
      say(
        `  ${way.padEnd(42)}${duration(seconds).padStart(10)}${`$${dollars.toFixed(dollars < 0.1 ? 4 : 2)}`.padStart(12)}`,
      );
    }
  }
}

const duration = (seconds: number): string =>
  seconds < 120 ? `${Math.round(seconds)} s` : `${(seconds / 60).toFixed(seconds < 1200 ? 1 : 0)} min`;

const directory = join(import.meta.dirname, '../../bench-data/scale');
const small = await measure(directory, SMALL_RECORDS);
sayMeasured(small);
const large = await measureCounting(directory, LARGE_RECORDS);
sayCounting(large);
sayEstimates(speedOf(small, large));
