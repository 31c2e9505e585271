import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { bundleOptions } from './bundle-options.ts';

/*
 * Bundles a function of src/handlers with all that it needs, SDK clients too, and keeps what it loads at a cold start
 * small: what is rarely needed (Parquet, say) is imported when it is, and stands in files of its own.
 */

const ROOT = resolve(import.meta.dirname, '..');

/** A function that loads more takes too long to start. Reading definitions takes 35 kB of it. */
export const MAX_START_BYTES = 550_000;

export interface Bundle {
  /** What a cold start loads: the module with the handler, and all that it imports statically. */
  readonly startBytes: number;
  readonly totalBytes: number;
  /** The sources of it, our own and of packages, relative to the clone. */
  readonly inputs: readonly string[];
}

/** @param outdir gets `index.mjs`, and the files that it imports */
export async function bundleHandler(handler: string, outdir: string): Promise<Bundle> {
  const { metafile } = await build({
    ...bundleOptions,
    mainFields: [...bundleOptions.mainFields],
    banner: { js: bundleOptions.banner },
    absWorkingDir: ROOT,
    entryPoints: { index: `src/handlers/${handler}.ts` },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    metafile: true,
    plugins: [leanSchemas, withoutJsonSchema, credentialsOfLambda],
  });
  const bytesOf = (files: Iterable<string>) =>
    [...files].reduce((sum, file) => sum + (metafile.outputs[file]?.bytes ?? 0), 0);
  return {
    startBytes: bytesOf(loadedAtStart(metafile)),
    totalBytes: bytesOf(Object.keys(metafile.outputs)),
    inputs: Object.keys(metafile.inputs),
  };
}

function loadedAtStart({ outputs }: Metafile): Set<string> {
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === 'import-statement') load(path);
  };
  for (const [file, { entryPoint }] of Object.entries(outputs)) if (entryPoint?.startsWith('src/handlers/')) load(file);
  return loaded;
}

/**
 * The SDK describes each operation by an object with computed keys (`{ [_h]: … }`, where `_h` is a constant). esbuild
 * must take such a key for code with effects, and so keeps all hundred operations of S3. As plain keys they can go.
 */
const leanSchemas: Plugin = {
  name: 'lean-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /dist-es[\\/]schemas[\\/]schemas_0\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const constants = new Map(
        [...source.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map(([, name, text]) => [name, text]),
      );
      const contents = source.replace(/\[(_\w+)\]:/g, (key, name) =>
        constants.has(name) ? `${constants.get(name)}:` : key,
      );
      return { contents, loader: 'js' };
    });
  },
};

/** Each of zod's schemas can turn itself into a JSON Schema; nobody here asks one to. */
const withoutJsonSchema: Plugin = {
  name: 'without-json-schema',
  setup({ onLoad }) {
    onLoad({ filter: /zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/ }, async ({ path }) => {
      const names = (await readFile(path, 'utf8')).matchAll(/^export (?:const|function) (\w+)/gm);
      const contents = [...names].map(([, name]) => `export const ${name} = () => undefined;`).join('\n');
      return { contents, loader: 'js' };
    });
  },
};

/** Lambda gives its credentials by the environment; the other ways to find some need a fifth of the whole bundle. */
const credentialsOfLambda: Plugin = {
  name: 'credentials-of-lambda',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({ path: 'environment', namespace: 'lambda' }));
    onLoad({ filter: /.*/, namespace: 'lambda' }, () => ({
      contents: `
        import { fromEnv } from '@aws-sdk/credential-provider-env';
        export const defaultProvider = () => fromEnv();
      `,
      resolveDir: ROOT,
    }));
  },
};
