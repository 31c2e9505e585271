import { App, Duration, Validations } from 'aws-cdk-lib';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { loadDefinition } from '../src/definitions/load.ts';
import { InvalidInput } from '../src/schemas/parse-input.ts';
import { type DaytallyContext, parseContext } from './context.ts';
import { DaytallyStack, type DaytallyStackProps } from './daytally-stack.ts';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

const runtimes: Record<DaytallyContext['runtime'], Runtime> = {
  'nodejs24.x': Runtime.NODEJS_24_X,
  'nodejs22.x': Runtime.NODEJS_22_X,
  'nodejs20.x': Runtime.NODEJS_20_X,
};
const architectures: Record<DaytallyContext['architecture'], Architecture> = {
  arm64: Architecture.ARM_64,
  x86_64: Architecture.X86_64,
};
try {
  const { definition, ...context } = parseContext(app.node.getAllContext());
  // A path of a module is read here, for a construct cannot wait for one.
  const table = definition && JSON.parse((await loadDefinition(definition)).json);
  new DaytallyStack(app, context.stackName, { ...stackProps(context), definition: table });
} catch (error) {
  if (!(error instanceof InvalidInput)) throw error;
  // A mistake in the command: the sentence helps, a stack trace would hide it.
  process.stderr.write(`\n${error.message}\n\n`);
  process.exitCode = 1;
}
/** The account is the one of whoever deploys: nothing is looked up, so that synthesis needs none. */
function stackProps({
  region,
  exportRetentionDays,
  runtime,
  architecture,
  ...choices
}: Omit<DaytallyContext, 'definition'>): DaytallyStackProps {
  return {
    ...choices,
    env: { region },
    exportRetention: Duration.days(exportRetentionDays),
    runtime: runtimes[runtime],
    architecture: architectures[architecture],
  };
}
