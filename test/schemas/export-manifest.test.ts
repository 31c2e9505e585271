import { describe, expect, it } from 'vitest';
import { parseManifestFiles, parseManifestSummary } from '../../src/schemas/export-manifest.ts';
import { InvalidInput } from '../../src/schemas/parse-input.ts';

const full = {
  version: '2020-06-30',
  exportArn: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games/export/01732233600000-a1b2c3d4',
  startTime: '2024-11-22T02:00:00.000Z',
  endTime: '2024-11-22T02:10:00.000Z',
  exportTime: '2024-11-22T02:00:00.000Z',
  s3Bucket: 'bucket',
  s3Prefix: null as string | null,
  s3SseAlgorithm: 'AES256',
  s3SseKmsKeyId: null,
  manifestFilesS3Key: 'AWSDynamoDB/01732233600000-a1b2c3d4/manifest-files.json',
  billedSizeBytes: 0,
  itemCount: 8,
  outputFormat: 'DYNAMODB_JSON',
};
const { exportTime: _, ...rest } = full;
const incremental = {
  ...rest,
  exportType: 'INCREMENTAL_EXPORT',
  exportFromTime: '2024-11-21T00:00:00.000Z',
  exportToTime: '2024-11-22T00:00:00.000Z',
  outputView: 'NEW_AND_OLD_IMAGES',
};
const day = 20_049; // 2024-11-22

const parse = (summary: object, key = 'AWSDynamoDB/x/manifest-summary.json') =>
  parseManifestSummary(JSON.stringify(summary), 'bucket/key', key);

const issuesOf = (summary: unknown) => {
  try {
    parse(summary as object);
  } catch (error) {
    if (error instanceof InvalidInput) return error.issues;
  }
  throw new Error('expected InvalidInput');
};

describe('manifest-summary.json', () => {
  it('of a full export without exportType speaks for all days before its time, as a lower bound', () => {
    expect(parse(full)).toMatchObject({
      origin: {
        exportId: '01732233600000-a1b2c3d4',
        exportType: 'FULL_EXPORT',
        quality: 'lowerBound',
        exportTime: '2024-11-22T02:00:00.000Z',
      },
      window: { from: null, to: day - 1 },
      itemCount: 8,
    });
  });

  it('of an incremental export speaks exactly for the days wholly inside its window', () => {
    expect(parse(incremental)).toMatchObject({
      origin: { exportType: 'INCREMENTAL_EXPORT', quality: 'exact', exportTime: '2024-11-22T00:00:00.000Z' },
      window: { from: day - 1, to: day - 1 },
    });
  });

  it.each([
    ['2024-11-21T00:00:00.001Z', '2024-11-22T00:00:00.000Z', { from: day, to: day - 1 }],
    ['2024-11-21T00:00:00.000Z', '2024-11-21T23:59:59.999Z', { from: day - 1, to: day - 2 }],
    ['2024-11-21T10:00:00.000Z', '2024-11-21T10:15:00.000Z', { from: day, to: day - 2 }],
    ['2024-11-19T12:00:00Z', '2024-11-22T12:00:00+00:00', { from: day - 2, to: day - 1 }],
  ])('incremental [%s, %s) covers %j', (exportFromTime, exportToTime, window) => {
    expect(parse({ ...incremental, exportFromTime, exportToTime }).window).toEqual(window);
  });

  it('takes the start date of a backfill from the prefix, else from its own key', () => {
    const start = day - 30;
    const prefix = 'exports/backfill/2024-10-23/req-1/';
    expect(parse({ ...full, s3Prefix: prefix }).window.from).toBe(start);
    expect(parse({ ...full, s3Prefix: prefix.slice(0, -1) }).window.from).toBe(start);
    expect(parse(full, `${prefix}AWSDynamoDB/x/manifest-summary.json`).window.from).toBe(start);
    expect(parse({ ...full, s3Prefix: 'exports/backfill/2024-02-30/' }).window.from).toBeNull();
    expect(
      parse({ ...full, s3Prefix: 'other/' }, `${prefix}AWSDynamoDB/x/manifest-summary.json`).window.from,
    ).toBeNull();
  });

  it.each([
    ['a full export', full, { exportType: 'FULL_EXPORT', hasOldImages: false, day: null }],
    ['one whole day', incremental, { exportType: 'INCREMENTAL_EXPORT', hasOldImages: true, day: day - 1 }],
    ['where no view was asked for', { ...incremental, outputView: undefined }, { hasOldImages: true }],
    // So says the manual; the SDK's own list of them says NEW_IMAGE.
    ['new images alone', { ...incremental, outputView: 'NEW_IMAGES' }, { hasOldImages: false, day: day - 1 }],
    ['new images alone', { ...incremental, outputView: 'NEW_IMAGE' }, { hasOldImages: false }],
    ['two days', { ...incremental, exportFromTime: '2024-11-20T00:00:00Z' }, { hasOldImages: true, day: null }],
    ['a day and a second', { ...incremental, exportToTime: '2024-11-22T00:00:01Z' }, { day: null }],
    ['a day but a second', { ...incremental, exportFromTime: '2024-11-21T00:00:01Z' }, { day: null }],
  ])('of %s says what can be told of items', (_name, summary, scope) => {
    expect(parse(summary).scope).toMatchObject(scope);
  });

  it('tolerates fields that it does not know', () => {
    expect(parse({ ...full, somethingNew: { deep: [1] } }).itemCount).toBe(8);
  });

  it.each([
    [{ ...full, outputFormat: 'ION' }, 'outputFormat', /"DYNAMODB_JSON"/, '"ION"'],
    [{ ...full, itemCount: -1 }, 'itemCount', /whole number/, '-1'],
    [{ ...full, itemCount: undefined }, 'itemCount', /whole number/, 'nothing'],
    [{ ...full, exportTime: 'yesterday' }, 'exportTime', /date-time/, '"yesterday"'],
    [{ ...full, exportType: 'DELTA' }, 'exportType', /FULL_EXPORT or INCREMENTAL_EXPORT/, '"DELTA"'],
    [{ ...incremental, exportToTime: undefined }, 'exportToTime', /date-time/, 'nothing'],
    [[], '(whole)', /manifest summary/, '[]'],
  ])('%# says path, expected and found', (summary, path, expected, found) => {
    expect(issuesOf(summary)).toContainEqual({ path, expected: expect.stringMatching(expected), found });
  });

  it('that is not JSON is named with what stands there', () => {
    expect(() => parseManifestSummary('<html>', 'bucket/key', 'k')).toThrow(
      /bucket\/key .*expected JSON, found "<html>"/,
    );
  });
});

describe('manifest-files.json', () => {
  const line =
    '{"itemCount":8,"md5Checksum":"sQMSpEILNgoQmarvDFonGQ==","etag":"x-1","dataFileS3Key":"AWSDynamoDB/x/data/a.json.gz"}';

  it('lists data files, one a line, blank lines aside', () => {
    expect(parseManifestFiles(`${line}\n\n${line}\n`, 'list')).toHaveLength(2);
    expect(parseManifestFiles('', 'list')).toEqual([]);
    expect(parseManifestFiles(`\uFEFF${line}`, 'list')).toHaveLength(1);
  });

  it.each([
    ['[]', '(whole): expected an object with itemCount, md5Checksum and dataFileS3Key, found []'],
    ['7', '(whole): expected an object with itemCount, md5Checksum and dataFileS3Key, found 7'],
    ['{}', 'itemCount: expected a whole number from 0, found nothing; md5Checksum: expected a string, found nothing'],
    ['{"itemCount":1.5,"md5Checksum":"","dataFileS3Key":7}', 'itemCount: expected a whole number from 0, found 1.5'],
  ])('says of %s in words of its own what is wrong', (wrong, message) => {
    expect(() => parseManifestFiles(wrong, 'list')).toThrow(`list, line 1 is not valid: ${message}`);
  });

  it('names the line that is wrong', () => {
    expect(() => parseManifestFiles(`${line}\n{"itemCount":8}`, 'list')).toThrow(
      /list, line 2 .*md5Checksum.*dataFileS3Key/,
    );
  });
});
