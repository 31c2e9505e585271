import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { PatientRetries } from './patient-retries.ts';

/*
 * One client of each service for the life of a function. Region, credentials and endpoint come from the environment.
 */

/** The default table has a write capacity of one item of 1 KB a second: being throttled is nothing out of the ordinary. */
export const dynamoDbClient = (): DynamoDBClient => new DynamoDBClient({ retryStrategy: new PatientRetries() });

export const cloudWatchClient = (): CloudWatchClient => new CloudWatchClient({ maxAttempts: 10 });

const CONNECT_MILLIS = 5000;
/** A connection on which nothing comes for so long is dead; the reader goes on from there on another. */
const SILENCE_MILLIS = 20_000;

export const s3Client = (): S3Client =>
  new S3Client({
    maxAttempts: 5,
    // Data files are verified by the MD5 of their manifest; S3's own checksum would cost as much time again.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MILLIS, socketTimeout: SILENCE_MILLIS },
  });
