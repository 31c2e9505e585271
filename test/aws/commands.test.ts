import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { spawnCli } from '../support/run-cli.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { OWNER, REGION } from './support/emulators.ts';
import { daysAgo, nightOf, putExport, valuesOfNight } from './support/night.ts';
import { ledgerOf } from './support/stored-items.ts';

/** Surely due, whatever the hour. */
const counted = daysAgo(2);

let deployment: Deployment;

beforeAll(async () => {
  deployment = await deploy(inject('synthesizedStack'));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: deployment.ministack.endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: OWNER.accessKeyId,
    AWS_SECRET_ACCESS_KEY: OWNER.secretAccessKey,
  });
  const { ExportBucketName = '', AnalyticsTableName = '' } = deployment.outputs;
  await putExport(deployment.clients, ExportBucketName, counted, nightOf(counted));
  await ledgerOf(deployment.clients, AnalyticsTableName, counted);
});
afterAll(async () => await deployment?.ministack.stop());

describe('the commands, against the deployed stack', () => {
  it('report its numbers', async () => {
    const { code, stdout, stderr } = await spawnCli('report', '--from', counted, '--to', counted, '--format', 'json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { days } = JSON.parse(stdout) as { days: { app: string; activeUsers: number }[] };
    expect(Object.fromEntries(days.map(({ app, activeUsers }) => [app, activeUsers]))).toEqual(
      valuesOfNight.ActiveUsers,
    );
  });

  it('explain where they came from', async () => {
    const [app = ''] = Object.keys(valuesOfNight.ActiveUsers ?? {});
    const { code, stdout } = await spawnCli('explain', counted, app);
    expect(code).toBe(0);
    expect(stdout).toMatch(/manifest md5 +\S{24}\n/);
    expect(stdout).toMatch(/read +13 lines/);
  });

  it('tell the state of the night', async () => {
    const { stdout } = await spawnCli('status', '--days', '7', '--format', 'json');
    expect(JSON.parse(stdout).nights).toContainEqual({
      date: counted,
      state: 'exact',
      exportId: expect.any(String),
      definition: expect.any(String),
    });
  });

  it('count an export again, and see that nothing changes', async () => {
    const { code, stdout, stderr } = await spawnCli('reprocess', counted, '--wait', '--poll', '1', '--timeout', '1');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Dropping again: s3://');
    expect(stdout).toContain('No number has changed.');
  });

  it('say what a replay would do', async () => {
    const { stdout, stderr } = await spawnCli('replay', '--from', counted, '--to', counted, '--dry-run');
    expect(stderr).toBe('');
    expect(stdout).toContain('table/games');
  });

  it('start a replay through the function', async () => {
    const { stdout, stderr } = await spawnCli('replay', '--from', daysAgo(1), '--to', daysAgo(1));
    expect(stdout + stderr).toMatch(/export started|no exact export can be made any more/);
  });

  it('look up what only a real account can prove, as far as an emulator has it, and change nothing', async () => {
    const { stdout, stderr } = spawnSync('npm', ['run', '--silent', 'verify:aws', '--', '--stack', 'Daytally'], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const rows = stdout.split('\n').map((line) => line.split(' | '));
    const verdicts = Object.fromEntries(rows.map(([, what = '', verdict]) => [what, verdict]));
    expect(verdicts).toMatchObject({
      'exports end': 'as expected',
      manifests: 'as expected',
      'large exports': 'not yet',
      'conflict of tokens': 'by hand',
    });
    expect(stdout).not.toContain('could not be looked up');
  });

  it('check the installation', async () => {
    const { stdout } = await spawnCli('doctor', '--format', 'json');
    const { findings } = JSON.parse(stdout) as { findings: { check: string; state: string; says: string }[] };
    expect(findings.filter(({ state }) => state === 'denied' || state === 'problem')).toEqual([]);
    const states = Object.fromEntries(findings.map(({ check, state }) => [check, state]));
    // Not the dead letters: the emulator forgets where failed invocations go.
    for (const check of ['clock', 'runtime', 'rules', 'bucket events', 'alarms', 'dashboard']) {
      expect({ check, state: states[check] }).toEqual({ check, state: 'well' });
    }
    expect(findings.find(({ check }) => check === 'nights')?.says).toContain(`last finished ${counted}`);
  });
});
