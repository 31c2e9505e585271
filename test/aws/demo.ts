import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayOfMillis, formatDay } from '../../src/domain/utc-day.ts';
import { commandsFor } from './support/demo-commands.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { GameWithExports } from './support/game-with-exports.ts';
import { ledgerOf } from './support/stored-items.ts';
import { synthesize } from './support/synthesized-stack.ts';

/* `npm run demo:aws`: the deployed stack on emulated AWS, for a person to look at until Ctrl-C. */

const CATCH_UP_DAYS = 7;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
});

async function main(): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  say('Synthesizing the stack: npm run synth');
  const folder = mkdtempSync(join(tmpdir(), 'daytally-synth-'));
  let deployment: Deployment | undefined;
  try {
    synthesize(folder);
    deployment = await deploy(folder);
    say(`Deployed to MiniStack, process ${deployment.ministack.pid}. Not as in the template:`);
    for (const change of deployment.changes) say(`  ${change}`);
    const night = runNight(deployment);
    // A night that is interrupted fails for want of its emulator, and nobody waits for it any more.
    night.catch(() => {});
    await Promise.race([night, interrupted]);
    await interrupted;
  } finally {
    await deployment?.ministack.stop();
    rmSync(folder, { recursive: true });
    say('\nStopped; nothing is left running.');
  }
}

/** The first night after deployment: it asks for the whole past week. */
async function runNight(deployment: Deployment): Promise<void> {
  const today = dayOfMillis(Date.now());
  const game = new GameWithExports(deployment, today - CATCH_UP_DAYS, today - 1);
  say(`\n300 people have played for ${CATCH_UP_DAYS} days. The schedule fires: {"mode":"incremental"}`);
  const requests = await game.askForExports();
  for (const { S3Prefix } of requests) say(`  the Export Lambda has asked for ${S3Prefix}/`);
  for (const request of requests) {
    const started = Date.now();
    await game.writeExport(request);
    const date = formatDay(dayOfMillis(request.IncrementalExportSpecification.ExportFromTime * 1000));
    const { records } = await ledgerOf(deployment.clients, deployment.outputs.AnalyticsTableName ?? '', date);
    say(`  ${date}: exported, counted and published in ${Date.now() - started} ms: ${JSON.stringify(records)}`);
  }
  say(`\nLook around (Ctrl-C ends it):\n\n${commandsFor(deployment, formatDay(today - 1)).join('\n\n')}\n`);
}

await main();
