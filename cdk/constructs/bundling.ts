import { join, resolve } from 'node:path';
import { Stack, Stage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * The code of a function of src/handlers, as scripts/bundle-handler.ts bundles it: more than NodejsFunction can ask of
 * esbuild. A stack whose bundling is turned off, to look at its template alone, gets the sources.
 */
export function handlerCode(scope: Construct, entry: string): Code {
  if (!Stack.of(scope).bundlingRequired) return Code.fromAsset(join(ROOT, 'src/handlers'));
  const outdir = resolve(Stage.of(scope)?.outdir ?? join(ROOT, 'dist'), `bundle-${entry}`);
  const bundle = join(ROOT, 'scripts/bundle-handler.ts');
  return Code.fromCustomCommand(outdir, [process.execPath, '--import', 'tsx', bundle, entry, outdir], {
    commandOptions: { cwd: ROOT },
  });
}
