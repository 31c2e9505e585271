import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isStale } from '../../scripts/stale.mjs';
import { temporaryDirectory } from '../support/exports.ts';

const at = (path: string, seconds: number): void => utimesSync(path, seconds, seconds);

function project() {
  const folder = temporaryDirectory();
  const source = join(folder, 'src/deep');
  const file = join(source, 'file.ts');
  const built = join(folder, 'built.js');
  mkdirSync(source, { recursive: true });
  for (const path of [file, built]) writeFileSync(path, '');
  for (const path of [file, source, join(folder, 'src')]) at(path, 1000);
  at(built, 2000);
  return { source, file, built, stale: () => isStale(built, [join(folder, 'src')]) };
}

it('is not stale what is newer than all of its sources', () => {
  expect(project().stale()).toBe(false);
});

it('is stale what was never built, or is older than a source, however deep', () => {
  const { built, file, stale } = project();
  at(file, 3000);
  expect(stale()).toBe(true);
  at(file, 1000);
  rmSync(built);
  expect(stale()).toBe(true);
});

it('is stale where a source has gone', () => {
  const { file, stale } = project();
  rmSync(file);
  expect(stale()).toBe(true);
});
