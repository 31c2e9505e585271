import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateStackCommand, DescribeStackEventsCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateTableCommand, UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { type Clients, clientsOf } from './clients.ts';
import { withinLimits } from './emulator-limits.ts';
import { type Ministack, REGION, startMinistack } from './emulators.ts';
import { eventually } from './eventually.ts';
import { venvProgram } from './python.ts';
import { type Asset, readSynthesizedStack, type Template } from './synthesized-stack.ts';

const STACK = 'Daytally';
export const SOURCE_TABLE = 'games';
const ACCOUNT = '000000000000';

/** The stack, deployed to an emulator that runs until it is stopped. */
export interface Deployment {
  readonly ministack: Ministack;
  readonly clients: Clients;
  /** The stack's outputs by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What the emulator could not take of the template. */
  readonly changes: readonly string[];
}

/**
 * Starts MiniStack and deploys what `npm run synth` has written to `folder`, beside a table of games, as the CDK would:
 * assets to the bootstrap bucket, then the template through CloudFormation.
 * @param spoil changes the template to see what comes of it
 */
export async function deploy(folder: string, spoil: (template: Template) => void = () => {}): Promise<Deployment> {
  const ministack = await startMinistack();
  try {
    const clients = clientsOf(ministack.endpoint);
    const { template, assets } = readSynthesizedStack(folder, STACK, ACCOUNT);
    await makeSourceTable(clients);
    await bootstrap(clients, assets);
    const { template: body, changes } = withinLimits(template);
    spoil(body);
    const outputs = await createStack(clients, JSON.stringify(body));
    return { ministack, clients, outputs, changes };
  } catch (error) {
    await ministack.stop();
    throw error;
  }
}

async function makeSourceTable({ dynamoDb }: Clients): Promise<void> {
  await dynamoDb.send(
    new CreateTableCommand({
      TableName: SOURCE_TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'modelId', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'modelId', AttributeType: 'S' }],
    }),
  );
  const recovery = { TableName: SOURCE_TABLE, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
  await dynamoDb.send(new UpdateContinuousBackupsCommand(recovery));
}

/** What `cdk bootstrap` leaves in an account, as far as the template looks at it, and the assets. */
async function bootstrap({ s3, ssm }: Clients, assets: readonly Asset[]): Promise<void> {
  const version = { Name: '/cdk-bootstrap/hnb659fds/version', Value: '31', Type: 'String' as const };
  await ssm.send(new PutParameterCommand(version));
  for (const bucket of new Set(assets.map((asset) => asset.bucket))) {
    const location = { CreateBucketConfiguration: { LocationConstraint: REGION } as const };
    await s3.send(new CreateBucketCommand({ Bucket: bucket, ...location }));
  }
  for (const asset of assets) {
    const body = asset.packaging === 'zip' ? zipOf(asset.path) : readFileSync(asset.path);
    await s3.send(new PutObjectCommand({ Bucket: asset.bucket, Key: asset.key, Body: body }));
  }
}

/** Python is there anyway, and can zip. */
function zipOf(folder: string): Buffer {
  const temporary = mkdtempSync(join(tmpdir(), 'daytally-asset-'));
  const zip = join(temporary, 'asset.zip');
  try {
    const { status, stderr } = spawnSync(venvProgram('python'), ['-m', 'zipfile', '-c', zip, '.'], { cwd: folder });
    if (status !== 0) throw new Error(`cannot zip ${folder}: ${stderr}`);
    return readFileSync(zip);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

async function createStack(clients: Clients, TemplateBody: string): Promise<Record<string, string>> {
  const { cloudFormation } = clients;
  await cloudFormation.send(
    new CreateStackCommand({
      StackName: STACK,
      TemplateBody,
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    }),
  );
  const stack = await eventually('the stack is complete', async () => {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: STACK }));
    return Stacks?.find(({ StackStatus }) => !StackStatus?.endsWith('_IN_PROGRESS'));
  });
  if (stack.StackStatus !== 'CREATE_COMPLETE') throw new Error(await failureOf(clients));
  return Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

async function failureOf({ cloudFormation }: Clients): Promise<string> {
  const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: STACK }));
  const failed = StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'));
  const reasons = failed.map(
    ({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`,
  );
  return `the stack could not be created: ${reasons.join('; ')}`;
}
