import { HeadObjectCommand, NotFound, type S3Client } from '@aws-sdk/client-s3';

/** How S3 keeps an object. https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export interface ObjectEncryption {
  /** `AES256` by S3's own keys, `aws:kms` by one of KMS. */
  readonly algorithm: string;
  readonly kmsKeyArn: string | undefined;
}

/** @returns undefined where there is no such object */
export async function encryptionOf(
  client: S3Client,
  bucket: string,
  key: string,
): Promise<ObjectEncryption | undefined> {
  try {
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return { algorithm: head.ServerSideEncryption ?? 'nothing', kmsKeyArn: head.SSEKMSKeyId };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
