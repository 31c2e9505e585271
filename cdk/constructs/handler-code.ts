import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Definition } from '../../src/domain/definition.ts';
import { packageRoot } from '../../src/package/root.ts';

/** The definition's name beside the code. */
export const DEFINITION_FILE = 'definition.json';

/**
 * The code of a function of src/handlers, as the package has it in dist/handlers: bundled when the package was built, so
 * that a synthesis needs no bundler. It is staged in a folder of its own, with the definition beside it.
 */
export function handlerCode(scope: Construct, entry: string, definition?: Definition): Code {
  const bundle = join(packageRoot(), 'dist/handlers', entry);
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing: in a clone, npm run build -- handlers makes it`);
  // Relative to where CDK writes: a stack outside of an app has a temporary folder for that, too.
  const staged = resolve(Stage.of(scope)?.outdir ?? 'cdk.out', `daytally-${entry}-${scope.node.addr}`);
  cpSync(bundle, staged, { recursive: true });
  if (definition !== undefined) writeFileSync(join(staged, DEFINITION_FILE), definition.json);
  return Code.fromAsset(staged);
}
