import { describe, expect, it } from 'vitest';
import { parseContext } from '../../cdk/context.ts';

describe('the context', () => {
  it('needs but the name of the table', () => {
    expect(parseContext({ tableName: 'games' })).toEqual({
      tableName: 'games',
      region: 'eu-west-2',
      stackName: 'Daytally',
      s3Prefix: 'exports/',
      exportRetentionDays: 1,
      catchUpDays: 7,
      analyticsBilling: 'provisioned',
      analyticsPointInTimeRecovery: false,
      metricsNamespace: 'Daytally',
      maxPublishedApps: 100,
      largeExportConcurrency: 50,
      runtime: 'nodejs24.x',
      architecture: 'arm64',
    });
  });

  it('takes numbers and choices as text, as the command line gives them, and as they are', () => {
    const chosen = { exportRetentionDays: 3, catchUpDays: 35, analyticsPointInTimeRecovery: true };
    const asText = { exportRetentionDays: '3', catchUpDays: '35', analyticsPointInTimeRecovery: 'true' };
    expect(parseContext({ tableName: 'games', ...chosen })).toMatchObject(chosen);
    expect(parseContext({ tableName: 'games', ...asText })).toMatchObject(chosen);
  });

  it.each([
    ['tableName', undefined, 'the name of the table to count, such as -c tableName=games, found nothing'],
    ['tableName', 'no spaces', 'the name of the table to count, such as -c tableName=games, found "no spaces"'],
    ['region', 'London', 'an AWS region such as eu-west-2, found "London"'],
    ['stackName', '1st', 'a name of letters, digits and hyphens, found "1st"'],
    ['s3Prefix', 'exports', 'a prefix such as exports/'],
    ['s3Prefix', 'exports/*/', 'a prefix such as exports/'],
    ['s3Prefix', '../', 'a prefix without ..'],
    ['exportRetentionDays', '0', 'a whole number from 1 to 365, found "0"'],
    ['exportRetentionDays', '1.5', 'a whole number from 1 to 365, found "1.5"'],
    ['catchUpDays', '36', 'a whole number from 1 to 35, found "36"'],
    ['analyticsBilling', 'cheap', '"provisioned" or "on-demand", found "cheap"'],
    ['analyticsPointInTimeRecovery', 'yes', 'true or false, found "yes"'],
    ['analyticsTableName', 'a b', 'the name of the Analytics Table to go on with, found "a b"'],
    ['detailBucketName', 'Detail_', 'the name of the bucket of per-user detail to go on with, found "Detail_"'],
    ['kmsKeyArn', 'alias/key', 'the ARN of a KMS key, found "alias/key"'],
    ['metricsNamespace', 'AWS/Games', 'a CloudWatch namespace'],
    ['metricsNamespace', 'say "games"', 'a CloudWatch namespace'],
    ['maxPublishedApps', '0', 'a whole number from 1 to 10000, found "0"'],
    ['largeExportConcurrency', '1001', 'a whole number from 1 to 1000, found "1001"'],
    ['definition', '', 'the path of a definition, found ""'],
    ['alarmEmail', 'operator', 'an e-mail address, found "operator"'],
    ['runtime', 'nodejs18.x', '"nodejs24.x" or "nodejs22.x" or "nodejs20.x", found "nodejs18.x"'],
    ['architecture', 'arm', '"arm64" or "x86_64", found "arm"'],
  ])('refuses %s = %j, saying what is expected and what was found', (key, value, said) => {
    expect(() => parseContext({ tableName: 'games', [key]: value })).toThrow(`${key}: expected ${said}`);
  });

  it('says all that is wrong at once', () => {
    expect(() => parseContext({ region: 'here', runtime: 'deno' })).toThrow(/tableName: .*; region: .*; runtime: /s);
  });

  it('refuses a key that it does not know, for it is a typing mistake', () => {
    expect(() => parseContext({ tableName: 'games', tablename: 'games' })).toThrow(/no keys but tableName, region, /);
  });

  it('leaves the keys of CDK and of its tools alone', () => {
    const theirs = {
      '@aws-cdk/core:checkSecretUsage': true,
      'aws:cdk:bundling-stacks': [],
      'acknowledged-issue-numbers': [1],
    };
    expect(() => parseContext({ tableName: 'games', ...theirs })).not.toThrow();
  });
});
