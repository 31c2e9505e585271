/**
 * What S3 tells EventBridge when an object was created, with all of its fields.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export const objectCreatedEvent = ({ bucket, key }: { readonly bucket: string; readonly key: string }) => ({
  version: '0',
  id: '17793124-05d4-b198-2fde-7ededc63b103',
  'detail-type': 'Object Created',
  source: 'aws.s3',
  account: '111122223333',
  time: '2024-11-22T02:10:01Z',
  region: 'eu-west-2',
  resources: [`arn:aws:s3:::${bucket}`],
  detail: {
    version: '0',
    bucket: { name: bucket },
    object: { key, size: 724, etag: 'b1946ac92492d2347c6235b4d2611184', sequencer: '00617F08299329D189' },
    'request-id': 'N4N7GDK58NMKJ12R',
    requester: 'dynamodb.amazonaws.com',
    'source-ip-address': 'dynamodb.amazonaws.com',
    reason: 'PutObject',
  },
});
