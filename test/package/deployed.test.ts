import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deployment, deploy } from '../aws/support/deployment.ts';
import { daysAgo, nightOf, numbersOfNight, putExport, recordsOfNight } from '../aws/support/night.ts';
import { itemsOf, ledgerOf, recordsOn } from '../aws/support/stored-items.ts';
import { firstGames } from '../support/first-games.ts';
import { bringApp, CDK, installed, runNode } from './support/stranger.ts';

let folder: string;
let deployment: Deployment;

beforeAll(async () => {
  ({ folder } = await installed(...CDK));
  bringApp('deployed.mjs', folder);
  writeFileSync(join(folder, 'definition.json'), firstGames.json);
  const out = join(folder, 'out');
  await runNode('this', ['deployed.mjs'], folder, { CDK_OUTDIR: out, CDK_VALIDATION: 'false' });
  deployment = await deploy(out);
});
afterAll(async () => {
  await deployment?.ministack.stop();
  rmSync(folder, { recursive: true });
});

it("a stranger's stack, deployed to an emulator, counts an export", async () => {
  const { clients, outputs } = deployment;
  const { ExportBucketName: bucket = '', AnalyticsTableName: table = '' } = outputs;
  const yesterday = daysAgo(1);
  await putExport(clients, bucket, yesterday, nightOf(yesterday));
  expect(await ledgerOf(clients, table, yesterday)).toMatchObject({ records: recordsOfNight, quality: 'exact' });
  const found = recordsOn(await itemsOf(clients, table), yesterday);
  expect(found).toMatchObject(Object.values(numbersOfNight));
});
