const EXPORT_ID = '01732233600000-a1b2c3d4';

/** A manifest-summary.json of a full export whose files are below `folder`. */
export const summaryJson = (folder: string, itemCount: number): string =>
  JSON.stringify({
    version: '2020-06-30',
    exportArn: `arn:aws:dynamodb:eu-central-1:123456789012:table/game/export/${EXPORT_ID}`,
    startTime: '2025-01-22T00:00:00.000Z',
    endTime: '2025-01-22T00:10:00.000Z',
    tableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/game',
    tableId: '6f5d9f0e-1d3c-4b0a-9a53-2f8d1e7c4b6a',
    exportTime: '2025-01-22T00:00:00.000Z',
    s3Bucket: 'bucket',
    s3Prefix: null,
    s3SseAlgorithm: 'AES256',
    s3SseKmsKeyId: null,
    manifestFilesS3Key: `${folder}/manifest-files.json`,
    billedSizeBytes: 1,
    itemCount,
    outputFormat: 'DYNAMODB_JSON',
  });
