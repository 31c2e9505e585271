import * as z from 'zod';
import { MAX_PUBLISHED_APPS } from '../domain/published-apps.ts';
import { MAX_RECOVERY_DAYS } from '../domain/recovery.ts';
import { LARGE_EXPORT_MEMORY_MB } from './large-export.ts';
import { parseInput } from './parse-input.ts';

/*
 * The functions' environment, set by the stack:
 *
 *   TABLE_ARN=arn:aws:dynamodb:eu-west-2:111122223333:table/games   ANALYTICS_TABLE_NAME=daytally-analytics
 *   BUCKET_NAME=daytally-exports   S3_PREFIX=exports/   CATCH_UP_DAYS=7   METRICS_NAMESPACE=Daytally
 *   DETAIL_BUCKET_NAME=daytally-exports   DETAIL_PREFIX=detail/   CODE_VERSION=0.1.0
 *   KMS_KEY_ARN=arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
const tableArn = z
  .string('the ARN of a DynamoDB table')
  .regex(/^arn:aws[\w-]*:dynamodb:[\w-]+:\d{12}:table\/[\w.-]{3,255}$/, 'the ARN of a DynamoDB table');
const bucketName = z.string('the name of a bucket').regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket');
const tableName = z
  .string('the name of a table')
  .regex(/^[\w.-]{3,255}$/, 'the name of a table of 3 to 255 characters');
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min, `a whole number from ${min}`).max(max, `a whole number up to ${max}`));

/** DynamoDB puts `AWSDynamoDB/…` behind it; the plain alphabet keeps keys the same whether percent-encoded or not. */
const prefixText = z
  .string()
  .regex(/^(?:[\w.-]+\/)+$/, 'a prefix such as exports/ (letters, digits, _ . - and slashes, a slash at the end)')
  .refine((prefix) => !prefix.split('/').includes('..'), 'a prefix without ..');

/** Point-in-time recovery reaches back 35 days at most. */
const catchUpDays = wholeNumber(1, MAX_RECOVERY_DAYS).default(7);

/** A file beside the function's code; without it, the preset `games` counts. */
const definitionFile = z
  .string()
  .regex(/^[\w.-]+\.json$/, 'the name of a file beside the code')
  .optional();

const shared = {
  TABLE_ARN: tableArn,
  BUCKET_NAME: bucketName,
  S3_PREFIX: prefixText.default('exports/'),
  ANALYTICS_TABLE_NAME: tableName,
};

const metricsNamespace = z.string().min(1).max(200).default('Daytally');

export const exportEnvironment = z.object({
  ...shared,
  CATCH_UP_DAYS: catchUpDays,
  METRICS_NAMESPACE: metricsNamespace,
  /** Encrypts the exports; by default S3's own keys do. */
  KMS_KEY_ARN: z
    .string()
    .regex(/^arn:aws[\w-]*:kms:[\w-]+:\d{12}:(?:key|alias)\/[\w/-]+$/, 'the ARN of a KMS key')
    .optional(),
});

/** What publishes the numbers of an export. */
export const publisherEnvironment = z.object({
  ...shared,
  METRICS_NAMESPACE: metricsNamespace,
  /** Where per-user detail goes that is too big for an item; by default the bucket of the exports. */
  DETAIL_BUCKET_NAME: bucketName.optional(),
  DETAIL_PREFIX: prefixText.default('detail/'),
  MAX_PUBLISHED_APPS: wholeNumber(1, 10_000).default(MAX_PUBLISHED_APPS),
  /** How many KB of per-user detail may stay in the items of a day; without it, all that fits. */
  INLINE_DETAIL_KB: wholeNumber(0, 1_000_000).optional(),
  CODE_VERSION: z.string().min(1).default('unknown'),
  DEFINITION_FILE: definitionFile,
});

/** What counts a part of an export and publishes nothing. */
export const countingEnvironment = z.object({ DEFINITION_FILE: definitionFile });

export const widgetEnvironment = z.object({ ANALYTICS_TABLE_NAME: tableName, DEFINITION_FILE: definitionFile });

export const aggregatorEnvironment = publisherEnvironment.extend({
  /** What counts exports that are too large for the function; without it, the function counts them all. */
  LARGE_EXPORT_STATE_MACHINE_ARN: z
    .string()
    .regex(/^arn:aws[\w-]*:states:[\w-]+:\d{12}:stateMachine:[\w-]{1,80}$/, 'the ARN of a state machine')
    .optional(),
  /** Megabytes of the functions that it calls. */
  LARGE_EXPORT_MEMORY_MB: wholeNumber(128, 10_240).default(LARGE_EXPORT_MEMORY_MB),
  /** Set by Lambda itself. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: wholeNumber(128, 10_240).default(256),
});

/** @throws InvalidInput, naming each variable that is missing or wrong */
export const parseEnvironment = <S extends z.ZodType>(schema: S, environment: NodeJS.ProcessEnv): z.output<S> =>
  parseInput(schema, environment, "the function's environment");
