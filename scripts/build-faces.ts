import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { definitionSchema } from './definition-schema.ts';
import { describeSchema } from './describe-schema.ts';
import { putInPlace } from './put-in-place.ts';

const { resolve } = createRequire(import.meta.url);

/** Compiles `daytally` and `daytally/cdk` module by module, with types and source maps, and writes the JSON Schemas. */
export async function buildFaces(root: string): Promise<void> {
  await putInPlace(join(root, 'dist/lib'), async (outdir) => {
    const compiler = join(dirname(resolve('typescript/package.json')), 'bin/tsc');
    const compile = [compiler, '--project', 'tsconfig.build.json', '--outDir', outdir];
    const { status } = spawnSync(process.execPath, compile, { cwd: root, stdio: 'inherit' });
    if (status !== 0) throw new Error('the modules of the package do not compile: see above');
  });
  writeFileSync(join(root, 'dist/definition.schema.json'), definitionSchema());
  writeFileSync(join(root, 'dist/description.schema.json'), describeSchema());
}
