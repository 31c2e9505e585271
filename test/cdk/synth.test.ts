import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const out = mkdtempSync(join(tmpdir(), 'daytally-synth-'));
afterAll(() => rmSync(out, { recursive: true }));

/** What CDK's command line runs, as on a machine that knows no AWS account. */
function synthesize(context: Readonly<Record<string, unknown>>) {
  const { context: featureFlags } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  return spawnSync(process.execPath, ['--import', 'tsx', 'cdk/app.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: out,
      CDK_OUTDIR: out,
      CDK_CONTEXT_JSON: JSON.stringify({ ...featureFlags, ...context }),
      CDK_VALIDATION: 'false',
    },
  });
}

describe('synthesis on a fresh machine', () => {
  const { status, stderr } = synthesize({ tableName: 'games' });

  it('succeeds, cdk-nag included', () => {
    expect(stderr).not.toMatch(/error/i);
    expect(status).toBe(0);
  });

  it('looks nothing up', () => {
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
    expect(manifest.missing).toBeUndefined();
    expect(manifest.artifacts.Daytally.environment).toBe('aws://unknown-account/eu-west-2');
  });

  it('bundles each function into modules that start on Node.js and export its handler', async () => {
    const bundles = readdirSync(out).filter((name) => name.startsWith('asset.'));
    expect(bundles).toHaveLength(6);
    process.env.TABLE_ARN = 'arn:aws:dynamodb:eu-west-2:111122223333:table/games';
    process.env.BUCKET_NAME = 'daytally-exports';
    process.env.ANALYTICS_TABLE_NAME = 'daytally-analytics';
    process.env.AWS_REGION = 'eu-west-2';
    for (const bundle of bundles) {
      expect(readdirSync(join(out, bundle))).toContain('index.mjs');
      const module = (await import(pathToFileURL(join(out, bundle, 'index.mjs')).href)) as Record<string, unknown>;
      expect(module.handler).toBeTypeOf('function');
    }
  });
});

it('without the name of the table fails with a sentence that says what to give', () => {
  const { status, stderr } = synthesize({});
  expect(status).toBe(1);
  expect(stderr.trim()).toBe(
    'the context (-c key=value) is not valid: tableName: expected the name of the table to count, such as -c tableName=games, found nothing',
  );
});
