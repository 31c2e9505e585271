import { InvokeCommand } from '@aws-sdk/client-lambda';
import { expect, inject, it } from 'vitest';
import { type Deployment, deploy } from './support/deployment.ts';
import { daysAgo, nightOf, putExport } from './support/night.ts';
import type { Template } from './support/synthesized-stack.ts';

/** What the functions cannot do their nightly work without. Rights for what a night seldom needs are not among them. */
const needed = {
  AggregatorFunctionName: ['s3:GetObject', 'dynamodb:Query', 'dynamodb:PutItem', 'cloudwatch:PutMetricData'],
  ExportFunctionName: [
    'dynamodb:BatchGetItem',
    'dynamodb:DescribeContinuousBackups',
    'dynamodb:ExportTableToPointInTime',
    'dynamodb:ListExports',
    'cloudwatch:PutMetricData',
  ],
};

const cases = Object.entries(needed).flatMap(([output, actions]) => actions.map((action) => [output, action] as const));

it.each(cases)('%s fails without %s, and says so', async (output, action) => {
  const deployment = await deploy(inject('synthesizedStack'), without(action));
  try {
    const { failed, answer } = await invoke(deployment, output);
    expect(failed, answer).toBe(true);
    expect(answer).toMatch(/not authorized|AccessDenied|may not be exported/);
    expect(answer).toContain(action);
  } finally {
    await deployment.ministack.stop();
  }
});

/** Takes an action from every role, as if the stack had never granted it. */
const without =
  (action: string) =>
  ({ Resources }: Template): void => {
    for (const [name, resource] of Object.entries(Resources)) {
      if (resource.Type !== 'AWS::IAM::Policy') continue;
      const spoilt = JSON.stringify(resource.Properties).replaceAll(`"${action}"`, '"sqs:ListQueues"');
      Resources[name] = { ...resource, Properties: JSON.parse(spoilt) };
    }
  };

async function invoke({ clients, outputs }: Deployment, output: string) {
  const bucket = outputs.ExportBucketName ?? '';
  const key = await putExport(clients, bucket, daysAgo(1), nightOf(daysAgo(1)));
  const event = output === 'ExportFunctionName' ? { mode: 'incremental' } : { bucket, key };
  const { FunctionError, Payload } = await clients.lambda.send(
    new InvokeCommand({ FunctionName: outputs[output], Payload: JSON.stringify(event) }),
  );
  return { failed: FunctionError !== undefined, answer: Buffer.from(Payload ?? []).toString() };
}
