import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { firstGames } from '../support/first-games.ts';
import { synthesize } from './support/synthesized-stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that `npm run synth` has written to. */
    readonly synthesizedStack: string;
  }
}

/** Once for all suites, for it takes longer than they do. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'daytally-synth-'));
  const definition = join(folder, 'first-games.json');
  writeFileSync(definition, firstGames.json);
  synthesize(folder, { definition });
  project.provide('synthesizedStack', folder);
  return () => rmSync(folder, { recursive: true });
}
