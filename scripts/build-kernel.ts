/**
 * Compiles the reader's kernel (AssemblyScript) to WebAssembly and writes it as a TypeScript module, so that tests,
 * `tsx` and Lambda bundles all get it by an ordinary import. Runs after every `npm ci`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('../src/adapters/dynamodb-json/', import.meta.url));

const options = [
  ['--enable', 'simd'],
  // No objects are made, so nothing is to be collected: memory is laid out by hand in kernel/layout.ts.
  ['--runtime', 'stub'],
  ['--use', 'abort='],
  ['--initialMemory', '64'],
  ['-O3', '--converge', '--noAssert'],
].flat();

const { error, binary, stderr } = await compile(join(folder, 'kernel/index.ts'));
if (error !== null || binary === undefined) throw new Error(`the kernel does not compile: ${stderr}`, { cause: error });
writeFileSync(join(folder, 'kernel.generated.ts'), toModule(binary));

async function compile(entry: string) {
  const files = new Map<string, string | Uint8Array>();
  const { error, stderr } = await asc.main([entry, '--outFile', 'kernel.wasm', ...options], {
    writeFile: (name: string, contents: string | Uint8Array) => void files.set(name, contents),
  });
  const binary = files.get('kernel.wasm');
  return { error, stderr: stderr.toString(), binary: binary instanceof Uint8Array ? binary : undefined };
}

function toModule(binary: Uint8Array): string {
  const base64 = Buffer.from(binary).toString('base64');
  return `// Made by scripts/build-kernel.ts from kernel/: change those.\nexport const kernelBase64 =\n  '${base64}';\n`;
}
