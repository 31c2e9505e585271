import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateTableCommand, UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { type Clients, clientsOf } from './clients.ts';
import { withinLimits } from './emulator-limits.ts';
import { ACCOUNT, type Ministack, REGION, SOURCE_TABLE, startMinistack } from './emulators.ts';
import { eventually } from './eventually.ts';
import { venvProgram } from './python.ts';
import { type Asset, readSynthesizedStack, type Template } from './synthesized-stack.ts';

const STACK = 'Daytally';

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
    await makeSourceTable(clients);
    await bootstrap(clients);
    return { ministack, clients, ...(await deployStack(clients, folder, spoil)) };
  } catch (error) {
    await ministack.stop();
    throw error;
  }
}

/** Deletes the stack, as `cdk destroy` does, and its exports before, as one has to. */
export async function destroy({ clients, outputs }: Deployment): Promise<void> {
  const { cloudFormation, s3 } = clients;
  const Bucket = outputs.ExportBucketName;
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket })) {
    for (const { Key } of Contents) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  }
  await cloudFormation.send(new DeleteStackCommand({ StackName: STACK }));
  await eventually('the stack is gone', async () => {
    const stacks = await cloudFormation.send(new DescribeStacksCommand({ StackName: STACK })).catch(() => undefined);
    const status = stacks?.Stacks?.[0]?.StackStatus;
    if (status === 'DELETE_FAILED') throw new Error(await failureOf(clients));
    return status === undefined || status === 'DELETE_COMPLETE';
  });
}

/** Deploys what was synthesized to a folder to the same account. */
export async function deployAgain({ ministack, clients }: Deployment, folder: string): Promise<Deployment> {
  return { ministack, clients, ...(await deployStack(clients, folder)) };
}

async function deployStack(
  clients: Clients,
  folder: string,
  spoil: (template: Template) => void = () => {},
): Promise<Pick<Deployment, 'outputs' | 'changes'>> {
  const { template, assets } = readSynthesizedStack(folder, STACK, ACCOUNT);
  await uploadAssets(clients, assets);
  const { template: body, changes } = withinLimits(template);
  spoil(body);
  return { outputs: await createStack(clients, JSON.stringify(body)), changes };
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

/** What `cdk bootstrap` leaves in an account, as far as the template and its assets look at it. */
async function bootstrap({ s3, ssm }: Clients): Promise<void> {
  const version = { Name: '/cdk-bootstrap/hnb659fds/version', Value: '31', Type: 'String' as const };
  await ssm.send(new PutParameterCommand(version));
  const location = { CreateBucketConfiguration: { LocationConstraint: REGION } as const };
  await s3.send(new CreateBucketCommand({ Bucket: `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`, ...location }));
}

async function uploadAssets({ s3 }: Clients, assets: readonly Asset[]): Promise<void> {
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
