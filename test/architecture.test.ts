import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Which of our own folders each layer may import, itself included. The arrows of the architecture, as a table. */
const mayImport: Record<string, readonly string[]> = {
  'src/domain': ['src/domain'],
  'src/schemas': ['src/schemas', 'src/domain'],
  'src/definitions': ['src/definitions', 'src/schemas', 'src/domain'],
  'src/package': ['src/package'],
  'src/pipeline': ['src/pipeline', 'src/schemas', 'src/domain'],
  'src/report': ['src/report', 'src/domain'],
  'src/adapters': ['src/adapters', 'src/pipeline', 'src/definitions', 'src/schemas', 'src/domain'],
  'src/handlers': [
    'src/handlers',
    'src/adapters',
    'src/pipeline',
    'src/definitions',
    'src/report',
    'src/schemas',
    'src/domain',
  ],
  'src/cli': [
    'src/cli',
    'src/package',
    'src/handlers',
    'src/adapters',
    'src/pipeline',
    'src/definitions',
    'src/report',
    'src/schemas',
    'src/domain',
  ],
  cdk: ['cdk', 'src/package', 'src/definitions', 'src/domain', 'src/schemas'],
};

/** Packages that a layer may import; a layer that is not listed may import any. */
const mayImportPackage: Record<string, RegExp> = {
  'src/domain': /^$/,
  'src/schemas': /^(zod|leven|node:.*)$/,
  'src/definitions': /^node:(fs|path|url)$/,
  'src/package': /^node:(child_process|fs|path)$/,
  'src/pipeline': /^(p-map|node:(crypto|buffer|stream|zlib).*)$/,
};

const files = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));

const IMPORT = /^(?:import|export)\s[^;]*?\sfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm;

const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)].map(([, ...paths]) => paths.find(Boolean) ?? '');

const isOwn = (path: string): boolean => path.startsWith('.');

const folderOf = (file: string, path: string): string => relative(root, resolve(root, dirname(file), path));

describe.each(Object.entries(mayImport))('%s', (layer, allowed) => {
  it('has files to look at', () => expect(files(layer).length).toBeGreaterThan(0));

  it(`imports nothing of ours but ${allowed.join(', ')}`, () => {
    const wrong = files(layer).flatMap((file) =>
      importsOf(file)
        .filter(isOwn)
        .filter((path) => !allowed.some((folder) => folderOf(file, path).startsWith(`${folder}/`)))
        .map((path) => `${file} imports ${path}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe.each(Object.entries(mayImportPackage))('%s', (layer, allowed) => {
  it(`imports no package but ${allowed.source}`, () => {
    const wrong = files(layer).flatMap((file) =>
      importsOf(file)
        .filter((path) => !path.startsWith('.') && !allowed.test(path))
        .map((path) => `${file} imports ${path}`),
    );
    expect(wrong).toEqual([]);
  });
});

/** Every file's imports of our own files, types included. */
const graph = new Map(
  Object.keys(mayImport)
    .flatMap(files)
    .map(
      (file) =>
        [
          file,
          importsOf(file)
            .filter(isOwn)
            .map((path) => folderOf(file, path)),
        ] as const,
    ),
);

/** The first chain of imports found that leads back to where it began, or nothing. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const walk = (file: string, chain: readonly string[]): string[] => {
    if (chain.includes(file)) return [...chain.slice(chain.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const next of imports.get(file) ?? []) {
      const circle = walk(next, [...chain, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of imports.keys()) {
    const circle = walk(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

describe('circles', () => {
  it('has none, not even of types', () => expect(circleIn(graph)).toEqual([]));

  it('would find one', () => {
    const circular = new Map([...graph, ['src/domain/utc-day.ts', ['src/pipeline/aggregate-export.ts']]]);
    expect(circleIn(circular).length).toBeGreaterThan(2);
  });
});

it('keeps clocks and randomness out of the domain', () => {
  const impure = files('src/domain').filter((file) =>
    /Date\.now|new Date\(\)|Math\.random|process\.|console\./.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(impure).toEqual([]);
});
