import { type BundlingOptions, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { bundleOptions } from '../bundle-options.ts';

/** {@link bundleOptions} in CDK's terms; by the local esbuild. */
export const bundling: BundlingOptions = {
  ...bundleOptions,
  format: OutputFormat.ESM,
  mainFields: [...bundleOptions.mainFields],
  // The SDK of Lambda's runtime changes without notice; the one that was tested goes along.
  externalModules: [],
};
