import { build } from 'esbuild';
import { bundleOptions } from '../cdk/bundle-options.ts';

/*
 * Bundles each function as the stack does and prints its size; fails where one is too big to start quickly.
 */

const MAX_BYTES = 500_000;
const handlers = ['export', 'aggregator', 'history-widget'];

const bytesOf = async (handler: string): Promise<number> => {
  const { outputFiles } = await build({
    entryPoints: [`src/handlers/${handler}.ts`],
    bundle: true,
    write: false,
    platform: 'node',
    ...bundleOptions,
    mainFields: [...bundleOptions.mainFields],
    banner: { js: bundleOptions.banner },
    logLevel: 'error',
  });
  return outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
};

for (const handler of handlers) {
  const bytes = await bytesOf(handler);
  console.log(`${handler}: ${(bytes / 1000).toFixed(1)} kB of at most ${MAX_BYTES / 1000}`);
  if (bytes > MAX_BYTES) process.exitCode = 1;
}
