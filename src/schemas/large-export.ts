import * as z from 'zod';
import { dataFileSchema } from './export-manifest.ts';

/*
 * What goes through the state machine that counts large exports; cdk/constructs/large-export-aggregation.ts has its
 * definition. It is started with:
 *
 *   { "bucket": "bucket", "manifestFilesKey": "exports/…/manifest-files.json",
 *     "filesPerBatch": 12, "shardNumbers": [0, 1, 2], "force": false,
 *     "aggregation": { "bucket": "bucket", "manifestKey": "exports/…/manifest-summary.json",
 *                      "partialsPrefix": "partials/01732233600000-a1b2c3d4/<execution>/", "shards": 3 } }
 */

const text = z.string().min(1);

const largeAggregation = z.strictObject({
  bucket: text,
  manifestKey: text,
  /** Where its intermediate objects are. Every execution has a prefix of its own, so that none meets another's. */
  partialsPrefix: text,
  /** Into how many shards the users are split. */
  shards: z.int().min(1),
});

/** What every step of one large aggregation has to know. */
export type LargeAggregation = z.output<typeof largeAggregation>;

/** With what an execution is started. */
export interface LargeExportInput {
  readonly bucket: string;
  /** Where the list of data files really is: Step Functions reads it itself. */
  readonly manifestFilesKey: string;
  readonly filesPerBatch: number;
  /** 0 to `shards` - 1: a Map state goes over an array. */
  readonly shardNumbers: readonly number[];
  /** Lifts the rule of precedence. */
  readonly force: boolean;
  readonly aggregation: LargeAggregation;
}

/*
 * A batch of the lines of manifest-files.json, as the Map state's ItemBatcher makes it:
 *
 *   { "BatchInput": { "aggregation": … }, "Items": [{ "itemCount": 8, "md5Checksum": "…", "etag": "…", "dataFileS3Key": "…" }] }
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html
 */
export const mapFilesInput = z.object({
  BatchInput: z.object({ aggregation: largeAggregation }),
  Items: z.array(dataFileSchema).min(1),
});

/* One shard: { "aggregation": …, "shard": 2 } */
export const mergeShardInput = z.object({ aggregation: largeAggregation, shard: z.int().min(0) });

/* { "aggregation": …, "force": false, "executionName": "01732233600000-a1b2c3d4-…", "startedAt": "2024-11-22T02:10:01.123Z" } */
export const publishLargeExportInput = z.object({
  aggregation: largeAggregation,
  force: z.boolean(),
  executionName: text,
  startedAt: z.iso.datetime().transform((time) => new Date(time)),
});

/** Where in the bucket of the exports intermediate objects go; they expire after a day. */
export const PARTIALS_PREFIX = 'partials/';

/** How many functions work at a large export at a time, unless it is chosen: far below the 1,000 of an account. */
export const LARGE_EXPORT_CONCURRENCY = 50;

/**
 * Memory of the functions that count batches and merge shards, unless it is chosen: with so much comes one whole vCPU,
 * and each works on one thread.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
export const LARGE_EXPORT_MEMORY_MB = 1769;
