import { type BundlingOptions, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

/** How the functions are bundled: by the local esbuild, into one module with all that it needs, SDK clients too. */
export const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: 'node20',
  minify: true,
  mainFields: ['module', 'main'],
  // The SDK of the runtime changes without notice; the one that was tested goes along.
  externalModules: [],
  // Packages in CommonJS ask for Node's modules by require, which an ES module does not have.
  banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
};
