import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file that `npm pack` has made. */
    readonly tarball: string;
  }
}

/** Once for all suites: it compiles everything. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'daytally-pack-'));
  const root = join(import.meta.dirname, '../../..');
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root, stdio: ['ignore', 2, 2] });
  const [packed = ''] = readdirSync(folder);
  project.provide('tarball', join(folder, packed));
  return () => rmSync(folder, { recursive: true });
}
