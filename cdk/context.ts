import { z } from 'zod';
import { MAX_PUBLISHED_APPS } from '../src/domain/published-apps.ts';
import { MAX_RECOVERY_DAYS } from '../src/domain/recovery.ts';
import { exportEnvironment } from '../src/schemas/environment.ts';
import { LARGE_EXPORT_CONCURRENCY } from '../src/schemas/large-export.ts';
import { parseInput } from '../src/schemas/parse-input.ts';

/** Values given by `-c key=value` are text; those of cdk.json may be numbers and booleans. */
const wholeNumber = (min: number, max: number) => {
  const message = `a whole number from ${min} to ${max}`;
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
    z.int(message).min(min, message).max(max, message),
  );
};

const yesOrNo = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean('true or false'),
);

const matching = (pattern: RegExp, expected: string) => z.string(expected).regex(pattern, expected);

const oneOf = <const T extends readonly string[]>(...values: T) =>
  z.enum(values, values.map((value) => JSON.stringify(value)).join(' or '));

/** What can be chosen at deployment. docs/configuration.md has it as a table. */
const choices = {
  tableName: matching(/^[\w.-]{3,255}$/, 'the name of the table to count, such as -c tableName=games'),
  region: matching(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'an AWS region such as eu-west-2').default('eu-west-2'),
  stackName: matching(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'a name of letters, digits and hyphens').default('Daytally'),
  s3Prefix: exportEnvironment.shape.S3_PREFIX,
  exportRetentionDays: wholeNumber(1, 365).default(1),
  catchUpDays: wholeNumber(1, MAX_RECOVERY_DAYS).default(7),
  analyticsBilling: oneOf('provisioned', 'on-demand').default('provisioned'),
  analyticsPointInTimeRecovery: yesOrNo.default(false),
  analyticsTableName: matching(/^[\w.-]{3,255}$/, 'the name of the Analytics Table to go on with').optional(),
  detailBucketName: matching(
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'the name of the bucket of per-user detail to go on with',
  ).optional(),
  kmsKeyArn: matching(/^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+$/, 'the ARN of a KMS key').optional(),
  metricsNamespace: matching(
    /^(?!AWS\/)[\w./#-]{1,200}$/,
    'a CloudWatch namespace of letters, digits, . - _ / #',
  ).default('Daytally'),
  definition: z.string('the path of a definition').min(1, 'the path of a definition').optional(),
  maxPublishedApps: wholeNumber(1, 10_000).default(MAX_PUBLISHED_APPS),
  largeExportConcurrency: wholeNumber(1, 1000).default(LARGE_EXPORT_CONCURRENCY),
  alarmEmail: z.email('an e-mail address').optional(),
  runtime: oneOf('nodejs24.x', 'nodejs22.x', 'nodejs20.x').default('nodejs24.x'),
  architecture: oneOf('arm64', 'x86_64').default('arm64'),
};

export const contextKeys = Object.keys(choices);

const contextSchema = z.strictObject(choices, {
  error: (issue) => (issue.code === 'unrecognized_keys' ? `no keys but ${contextKeys.join(', ')}` : undefined),
});

export type DaytallyContext = z.output<typeof contextSchema>;

/**
 * Reads the app's context. Keys of CDK and of its tools hold a colon, a slash or a hyphen; ours are plain words, and one
 * that is not known is an error, for it is a typing mistake.
 * @throws InvalidInput, naming each key with what was expected and found
 */
export function parseContext(context: Readonly<Record<string, unknown>>): DaytallyContext {
  const ours = Object.fromEntries(Object.entries(context).filter(([key]) => /^[a-z]\w*$/i.test(key)));
  return parseInput(contextSchema, ours, 'the context (-c key=value)');
}
