import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { spawnCli } from '../support/run-cli.ts';
import { deploy, deployAgain, destroy } from './support/deployment.ts';
import { OWNER, REGION } from './support/emulators.ts';
import { daysAgo, nightOf, putExport, valuesOfNight } from './support/night.ts';
import { ledgerOf } from './support/stored-items.ts';
import { synthesize } from './support/synthesized-stack.ts';

const TWO_DEPLOYMENTS_MILLIS = 300_000;
const [before, after] = [daysAgo(3), daysAgo(2)];

it(
  'goes on with the numbers that an earlier installation has left behind',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daytally-adopting-'));
    const first = await deploy(inject('synthesizedStack'));
    try {
      const { AnalyticsTableName = '', DetailBucketName = '', ExportBucketName = '' } = first.outputs;
      await putExport(first.clients, ExportBucketName, before, nightOf(before));
      await ledgerOf(first.clients, AnalyticsTableName, before);
      await destroy(first);

      synthesize(folder, { analyticsTableName: AnalyticsTableName, detailBucketName: DetailBucketName });
      const second = await deployAgain(first, folder);
      expect(second.outputs).toMatchObject({ AnalyticsTableName, DetailBucketName });
      await putExport(second.clients, second.outputs.ExportBucketName ?? '', after, nightOf(after));
      await ledgerOf(second.clients, AnalyticsTableName, after);

      Object.assign(process.env, {
        AWS_ENDPOINT_URL: second.ministack.endpoint,
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: OWNER.accessKeyId,
        AWS_SECRET_ACCESS_KEY: OWNER.secretAccessKey,
      });
      const { stdout } = await spawnCli('report', '--from', before, '--to', after, '--format', 'json');
      const { days } = JSON.parse(stdout) as { days: { date: string; app: string; activeUsers: number }[] };
      for (const date of [before, after]) {
        const ofDay = days.filter((day) => day.date === date).map(({ app, activeUsers }) => [app, activeUsers]);
        expect(Object.fromEntries(ofDay)).toEqual(valuesOfNight.ActiveUsers);
      }
    } finally {
      rmSync(folder, { recursive: true });
      await first.ministack.stop();
    }
  },
  TWO_DEPLOYMENTS_MILLIS,
);
