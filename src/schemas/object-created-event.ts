import * as z from 'zod';

/*
 * What S3 tells EventBridge when an object was created. Only the bucket and the key are relied on; the sequencer is of use
 * where it is there and of the form that it has today, and no event is refused for want of it:
 *
 *   { "version": "0", "id": "17793124-05d4-b198-2fde-7ededc63b103", "detail-type": "Object Created", "source": "aws.s3",
 *     "account": "111122223333", "time": "2024-11-22T02:10:01Z", "region": "eu-west-2", "resources": ["arn:aws:s3:::bucket"],
 *     "detail": { "version": "0", "bucket": { "name": "bucket" },
 *                 "object": { "key": "exports/…/manifest-summary.json", "size": 5, "etag": "b1946ac92492d2347c6235b4d2611184",
 *                             "sequencer": "00617F08299329D189" },
 *                 "request-id": "N4N7GDK58NMKJ12R", "requester": "123456789012", "reason": "CopyObject" } }
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
const objectCreated = z
  .object({
    detail: z.object({
      bucket: z.object({ name: z.string('a bucket name').min(1, 'a bucket name') }),
      object: z.object({
        key: z.string('an object key').min(1, 'an object key'),
        sequencer: z
          .string()
          .regex(/^[0-9A-Fa-f]{1,40}$/)
          .optional()
          .catch(undefined),
      }),
    }),
  })
  .transform(({ detail: { bucket, object } }) => ({
    bucket: bucket.name,
    key: decodeKey(object.key),
    /** The same in every copy of one event, another each time the object is written; undefined where there is none. */
    sequencer: object.sequencer,
  }));

/*
 * A direct invocation: of one manifest, or of the newest complete export under a prefix.
 *
 *   { "bucket": "bucket", "key": "exports/incremental/2024-11-21/AWSDynamoDB/0123-abcd/manifest-summary.json" }
 *   { "bucket": "bucket", "prefix": "exports/incremental/2024-11-21/", "force": true }
 */
const force = z.boolean('true or false').optional();
const byKey = z.strictObject({ bucket: z.string().min(1), key: z.string().min(1), force });
const byPrefix = z.strictObject({ bucket: z.string().min(1), prefix: z.string(), force });

/** Whatever may start the aggregation. `force` lifts the rule of precedence. */
export const aggregationTrigger = z.union([objectCreated, byKey, byPrefix], {
  error: 'an S3 "Object Created" event, {"bucket", "key"} or {"bucket", "prefix"}',
});

export type AggregationTrigger = z.output<typeof aggregationTrigger>;

/**
 * S3 gives EventBridge the plain key, but other senders percent-encode it. No key of ours holds a percent sign, so one
 * is always an escape; a sequence that is none is left alone.
 */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
