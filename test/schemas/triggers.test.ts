import { describe, expect, it } from 'vitest';
import { aggregatorEnvironment, exportEnvironment, parseEnvironment } from '../../src/schemas/environment.ts';
import { exportRequest } from '../../src/schemas/export-request.ts';
import { aggregationTrigger } from '../../src/schemas/object-created-event.ts';
import { parseInput } from '../../src/schemas/parse-input.ts';

const key = 'exports/incremental/2024-11-21/AWSDynamoDB/01-ab/manifest-summary.json';
const event = (object: object) => ({
  version: '0',
  'detail-type': 'Object Created',
  source: 'aws.s3',
  detail: { bucket: { name: 'bucket' }, object },
});

describe('what starts the aggregation', () => {
  it('is an Object Created event, of which bucket and key are relied on', () => {
    expect(aggregationTrigger.parse(event({ key }))).toEqual({ bucket: 'bucket', key });
    expect(aggregationTrigger.parse({ detail: { bucket: { name: 'bucket' }, object: { key } } })).toEqual({
      bucket: 'bucket',
      key,
    });
  });

  it.each([
    ['as S3 writes it', '00617F08299329D189', '00617F08299329D189'],
    ['none', undefined, undefined],
    ['null', null, undefined],
    ['a number', 42, undefined],
    ['empty', '', undefined],
    ['no hexadecimal number', '0062E2-x y', undefined],
    ['too long for a name', 'F'.repeat(41), undefined],
    ['an object', { of: 'another kind' }, undefined],
  ])('takes an event whose sequencer is %s', (_what, sequencer, taken) => {
    expect(aggregationTrigger.parse(event({ key, sequencer }))).toEqual({ bucket: 'bucket', key, sequencer: taken });
  });

  it('decodes a percent-encoded key and leaves a plain one alone', () => {
    expect(aggregationTrigger.parse(event({ key: key.replaceAll('/', '%2F') }))).toEqual({ bucket: 'bucket', key });
    expect(aggregationTrigger.parse(event({ key: '100%/x' }))).toEqual({ bucket: 'bucket', key: '100%/x' });
  });

  it('or a direct invocation with a key or a prefix', () => {
    expect(aggregationTrigger.parse({ bucket: 'bucket', key })).toEqual({ bucket: 'bucket', key });
    expect(aggregationTrigger.parse({ bucket: 'bucket', prefix: 'exports/', force: true })).toEqual({
      bucket: 'bucket',
      prefix: 'exports/',
      force: true,
    });
  });

  it.each([
    [{}],
    [null],
    [{ bucket: 'bucket' }],
    [event({ key: '' })],
    [{ bucket: 'bucket', key, prefix: 'x' }],
  ])('and nothing else: %j', (input) =>
    expect(() => parseInput(aggregationTrigger, input, 'the event')).toThrow(/S3 "Object Created" event/));
});

describe('an export request', () => {
  const today = 20_050; // 2024-11-23
  const parse = (input: unknown) => parseInput(exportRequest(today), input, 'the request');

  it('has one of three modes', () => {
    expect(parse({ mode: 'incremental' })).toEqual({ mode: 'incremental' });
    expect(parse({ mode: 'backfill', backfillStartDate: '2024-11-22' })).toEqual({
      mode: 'backfill',
      backfillStartDate: 20_049,
    });
    expect(parse({ mode: 'replay', from: '2024-11-21', to: '2024-11-22' })).toEqual({
      mode: 'replay',
      from: 20_048,
      to: 20_049,
    });
  });

  it.each([
    [{}, /mode: expected an object whose mode is/],
    [{ mode: 'nightly' }, /"incremental", "backfill" or "replay", found "nightly"/],
    [null, /\(whole\): expected an object/],
    [{ mode: 'backfill' }, /backfillStartDate: expected a date YYYY-MM-DD, found nothing/],
    [
      { mode: 'backfill', backfillStartDate: '2024-02-30' },
      /backfillStartDate: expected a date YYYY-MM-DD that exists, found "2024-02-30"/,
    ],
    [{ mode: 'backfill', backfillStartDate: '22/11/2024' }, /that exists/],
    [{ mode: 'backfill', backfillStartDate: '2024-11-23' }, /a day before today/],
    [{ mode: 'replay', from: '2024-11-22', to: '2024-11-21' }, /from: expected a day not after "to"/],
    [{ mode: 'replay', from: '2024-11-22', to: '2024-11-23' }, /to: expected a day before today/],
    [{ mode: 'incremental', from: '2024-11-22' }, /Unrecognized/i],
  ])('%j is refused with the field and what was expected', (input, message) => {
    expect(() => parse(input)).toThrow(message);
  });
});

describe('the environment', () => {
  const environment = {
    TABLE_ARN: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
    BUCKET_NAME: 'daytally-exports',
    ANALYTICS_TABLE_NAME: 'daytally-analytics',
  };

  it('has defaults for what need not be said', () => {
    expect(parseEnvironment(exportEnvironment, environment)).toMatchObject({ S3_PREFIX: 'exports/', CATCH_UP_DAYS: 7 });
    expect(parseEnvironment(aggregatorEnvironment, environment)).toMatchObject({ METRICS_NAMESPACE: 'Daytally' });
  });

  it('names every variable that is missing', () => {
    expect(() => parseEnvironment(exportEnvironment, {})).toThrow(/TABLE_ARN: .*BUCKET_NAME: .*ANALYTICS_TABLE_NAME: /);
  });

  it.each([
    [{ CATCH_UP_DAYS: '0' }, /CATCH_UP_DAYS: expected a whole number from 1, found "0"/],
    [{ CATCH_UP_DAYS: '36' }, /up to 35/],
    [{ CATCH_UP_DAYS: 'seven' }, /a whole number from 1 to 35/],
    [{ S3_PREFIX: 'exports' }, /S3_PREFIX: expected a prefix such as exports\//],
    [{ S3_PREFIX: '../exports/' }, /without \.\./],
    [{ TABLE_ARN: 'games' }, /TABLE_ARN: expected the ARN of a DynamoDB table, found "games"/],
  ])('%j is refused', (wrong, message) => {
    expect(() => parseEnvironment(exportEnvironment, { ...environment, ...wrong })).toThrow(message);
  });
});
