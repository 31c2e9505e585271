/** The part of EventBridge's pattern language that Daytally uses: values that must be equal, and wildcards. */
export type PatternValue = string | { readonly wildcard: string };

/** An event matches where, at every place that the pattern names, one of the listed values does. */
export interface EventPattern {
  readonly [field: string]: EventPattern | readonly PatternValue[];
}

/**
 * Which of S3's events start an aggregation: DynamoDB has put the manifest of a finished export under the prefix.
 * The stack's rule and the local chain both match with this very pattern.
 *
 * A wildcard's `*` stands for any characters, slashes too. So it takes incremental exports,
 * `exports/incremental/<day>/AWSDynamoDB/<export id>/manifest-summary.json`, and backfills, which have a level more,
 * and neither data files nor `manifest-summary.md5`.
 * @param prefix where exports are put, such as `exports/`; without `*` or backslash, as the environment's schema promises
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const manifestCreatedPattern = (bucketName: string, prefix: string) =>
  ({
    source: ['aws.s3'],
    'detail-type': ['Object Created'],
    detail: {
      bucket: { name: [bucketName] },
      object: { key: [{ wildcard: `${prefix}*/AWSDynamoDB/*/manifest-summary.json` }] },
    },
  }) as const satisfies EventPattern;
