import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { temporaryDirectory } from '../../support/exports.ts';

const root = resolve(import.meta.dirname, '../../..');

/** What `cdk synth -c …` runs, as on a machine that knows no AWS account. */
export function runApp(context: Readonly<Record<string, unknown>>) {
  const outdir = temporaryDirectory();
  const { context: featureFlags } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'cdk/app.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: outdir,
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify({ ...featureFlags, ...context }),
      CDK_VALIDATION: 'false',
    },
  });
  const template = () =>
    Template.fromJSON(JSON.parse(readFileSync(join(outdir, 'Daytally.template.json'), 'utf8')), {
      skipCyclicalDependenciesCheck: true,
    });
  return { status, stderr, template };
}
