/** How the functions are bundled, in esbuild's terms: into one module with all that it needs, SDK clients too. */
export const bundleOptions = {
  format: 'esm',
  target: 'node20',
  minify: true,
  mainFields: ['module', 'main'],
  /** Packages in CommonJS ask for Node's modules by `require`, which an ES module does not have. */
  banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
} as const;
