import { LambdaGateway } from './lambda-gateway.ts';
import { venvProgram } from './python.ts';
import { freePort, type ServerProcess, startServer } from './server-process.ts';

/** All of the emulated account's resources live here: the stack's default region. */
export const REGION = 'eu-west-2';

/** Whose resources they are. */
export const ACCOUNT = '000000000000';

/** The table that is counted. */
export const SOURCE_TABLE = 'games';

/** The emulators take these for the account's owner. */
export const OWNER = { accessKeyId: 'test', secretAccessKey: 'test' };

/** MiniStack, and the gateway through which the functions that it runs reach it. */
export interface Ministack extends ServerProcess {
  readonly gateway: LambdaGateway;
}

/**
 * Starts MiniStack: CloudFormation, S3 events through EventBridge to Lambda functions as processes of their own.
 * Roles are enforced, and every call is recorded for CloudTrail.
 */
export async function startMinistack(): Promise<Ministack> {
  const port = await freePort();
  const gateway = await LambdaGateway.start(port);
  const env = {
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_REGION: REGION,
    AUTH: 'true',
    CLOUDTRAIL_RECORDING: '1',
    // It would listen on fixed ports for these.
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    AWS_ACCESS_KEY_ID: OWNER.accessKeyId,
    AWS_SECRET_ACCESS_KEY: OWNER.secretAccessKey,
    AWS_ENDPOINT_URL: gateway.endpoint,
  };
  const program = venvProgram('ministack');
  const command = { name: 'ministack', program, args: [], env, port, healthPath: '/_ministack/health' };
  const server = await startServer(command).catch(async (error) => {
    await gateway.stop();
    throw error;
  });
  const stop = async () => {
    await server.stop();
    await gateway.stop();
  };
  return { ...server, gateway, stop };
}

/** Starts moto's server: its export of a DynamoDB table writes a real data file to its S3. */
export async function startMoto(): Promise<ServerProcess> {
  const port = await freePort();
  const args = ['-H', '127.0.0.1', '-p', String(port)];
  return await startServer({
    name: 'moto',
    program: venvProgram('moto_server'),
    args,
    env: {},
    port,
    healthPath: '/moto-api/',
  });
}
