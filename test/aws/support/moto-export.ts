import { DescribeExportCommand, type ExportDescription } from '@aws-sdk/client-dynamodb';
import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';
import { eventually } from './eventually.ts';

/** Waits until moto has written an export's data file. */
export async function finished({ dynamoDb }: Clients, ExportArn: string): Promise<ExportDescription> {
  return await eventually('moto has exported the table', async () => {
    const { ExportDescription } = await dynamoDb.send(new DescribeExportCommand({ ExportArn }));
    if (ExportDescription?.ExportStatus === 'FAILED') throw new Error(ExportDescription.FailureMessage);
    return ExportDescription?.ExportStatus === 'COMPLETED' && ExportDescription;
  });
}

/**
 * Writes the manifests that moto leaves out, from what moto says of its file: the count of its items, and its MD5,
 * which is S3's ETag of an object that was uploaded in one piece.
 * @param window the summary's fields that say which time the export covers
 * @returns the summary's key
 */
export async function addManifests(clients: Clients, description: ExportDescription, window: object): Promise<string> {
  const { S3Bucket: Bucket = '', S3Prefix: prefix = '', TableArn: tableArn, ItemCount: itemCount } = description;
  const { Contents = [] } = await clients.s3.send(
    new ListObjectsV2Command({ Bucket, Prefix: `${prefix}/AWSDynamoDB/` }),
  );
  const [dataFileS3Key = '', ...others] = Contents.map(({ Key }) => Key ?? '');
  if (others.length > 0) throw new Error(`moto writes one data file, but here are ${others.length + 1}`);
  const { ETag = '' } = await clients.s3.send(new HeadObjectCommand({ Bucket, Key: dataFileS3Key }));
  const md5Checksum = Buffer.from(ETag.replaceAll('"', ''), 'hex').toString('base64');
  const folder = dataFileS3Key.replace(/\/data\/[^/]*$/, '');
  const manifestFilesS3Key = `${folder}/manifest-files.json`;
  const summary = {
    version: '2023-08-01',
    exportArn: `${tableArn}/export/${folder.split('/').at(-1)}`,
    startTime: new Date().toISOString(),
    endTime: new Date().toISOString(),
    tableArn,
    ...{ s3Bucket: Bucket, s3Prefix: prefix, manifestFilesS3Key, itemCount },
    outputFormat: 'DYNAMODB_JSON',
    exportType: description.ExportType,
    ...window,
  };
  const put = async (Key: string, body: object) =>
    await clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: `${JSON.stringify(body)}\n` }));
  await put(manifestFilesS3Key, { itemCount, md5Checksum, etag: ETag, dataFileS3Key });
  await put(`${folder}/manifest-summary.json`, summary);
  return `${folder}/manifest-summary.json`;
}
