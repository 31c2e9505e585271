import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Stack, Stage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Definition } from '../../src/domain/definition.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** The definition's name beside the code. */
export const DEFINITION_FILE = 'definition.json';

/**
 * The code of a function of src/handlers, as scripts/bundle-handler.ts bundles it: more than NodejsFunction can ask of
 * esbuild. A stack whose bundling is turned off, to look at its template alone, gets the sources.
 */
export function handlerCode(scope: Construct, entry: string, definition?: Definition): Code {
  if (!Stack.of(scope).bundlingRequired) return Code.fromAsset(join(ROOT, 'src/handlers'));
  // A folder of its own for each function: CDK stages a folder once, and another may have another definition.
  const outdir = resolve(Stage.of(scope)?.outdir ?? join(ROOT, 'dist'), `bundle-${entry}-${scope.node.addr}`);
  const bundle = join(ROOT, 'scripts/bundle-handler.ts');
  const code = Code.fromCustomCommand(outdir, [process.execPath, '--import', 'tsx', bundle, entry, outdir], {
    commandOptions: { cwd: ROOT },
  });
  if (definition !== undefined) writeFileSync(join(outdir, DEFINITION_FILE), definition.json);
  return code;
}
