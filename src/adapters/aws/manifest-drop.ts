import { CopyObjectCommand, HeadObjectCommand, NotFound, type S3Client } from '@aws-sdk/client-s3';

/** Whether an object is there. */
export async function isThere(client: S3Client, bucket: string, key: string): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

/**
 * Copies an object onto itself, so that S3 says "Object Created" again. S3 takes such a copy only where something changes:
 * its metadata is set anew.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export async function dropAgain(client: S3Client, bucket: string, key: string): Promise<void> {
  const source = `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  await client.send(
    new CopyObjectCommand({
      Bucket: bucket,
      Key: key,
      CopySource: source,
      MetadataDirective: 'REPLACE',
      ContentType: 'application/json',
    }),
  );
}
