import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DaytallyStack, type DaytallyStackProps } from '../../../cdk/daytally-stack.ts';
import { firstGames } from '../../support/first-games.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

// CDK's own validation of templates takes ten seconds each time; `npm run synth` has it, and so the test of that.
process.env.CDK_VALIDATION = 'false';

const { context: featureFlags } = JSON.parse(readFileSync(resolve(ROOT, 'cdk.json'), 'utf8')) as {
  readonly context: Record<string, unknown>;
};

/** An app with the flags of cdk.json. */
export const testApp = (): App => new App({ context: featureFlags });

/** Somebody else's stack, for a construct to be put into. */
export const foreignStack = (): Stack => new Stack(testApp(), 'Game', { env: { region: 'us-east-1' } });

/** The stack as `npm run synth` makes it, but for the definition, which is the tests' own, and the properties given. */
export const testStack = (props: Partial<DaytallyStackProps> = {}, app = testApp()): DaytallyStack =>
  new DaytallyStack(app, 'Daytally', {
    tableName: 'games',
    env: { region: 'eu-west-2' },
    codeVersion: '0.0.0-test',
    definition: JSON.parse(firstGames.json),
    ...props,
  });

export const synthesize = (props: Partial<DaytallyStackProps> = {}): Template => Template.fromStack(testStack(props));
