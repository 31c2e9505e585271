import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayOfMillis, formatDay } from '../../src/domain/utc-day.ts';
import { commandsFor } from './support/demo-commands.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { type ExportRequest, GameWithExports } from './support/game-with-exports.ts';
import { ledgerOf } from './support/stored-items.ts';
import { synthesizeUntil } from './support/synthesized-stack.ts';

/* `npm run demo:aws`: the deployed stack on emulated AWS, for a person to look at until Ctrl-C. */

const CATCH_UP_DAYS = 7;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

let isInterrupted = false;
/** Typed again and again it still ends in order. */
const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!isInterrupted) say('\nStopping the emulator …');
      isInterrupted = true;
      resolve();
    });
  }
});

async function main(): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  say('Synthesizing the stack: npm run synth');
  const folder = mkdtempSync(join(tmpdir(), 'daytally-synth-'));
  let deployment: Deployment | undefined;
  try {
    await synthesizeUntil(interrupted, folder);
    if (isInterrupted) return;
    say('Deploying it to MiniStack');
    deployment = await deploy(folder);
    if (isInterrupted) return;
    const night = runNight(deployment);
    // A night that is interrupted fails for want of its emulator, and nobody waits for it any more.
    night.catch(() => {});
    await Promise.race([night, interrupted]);
    await interrupted;
  } finally {
    await deployment?.ministack.stop();
    rmSync(folder, { recursive: true, force: true });
    say('Stopped; nothing is left running.');
  }
}

/** The first night after deployment: it asks for the whole past week. Then whatever a person asks for. */
async function runNight(deployment: Deployment): Promise<void> {
  const today = dayOfMillis(Date.now());
  const game = new GameWithExports(deployment, today - CATCH_UP_DAYS, today - 1);
  say(`\n300 people have played for ${CATCH_UP_DAYS} days. The schedule fires: {"mode":"incremental"}`);
  const requests = await game.askForExports();
  for (const request of requests) await play(deployment, game, request);
  say(`\nLook around (Ctrl-C ends it):\n\n${commandsFor(deployment, formatDay(today - 1)).join('\n\n')}\n`);
  say('Not as in the template, for the emulator cannot have it:');
  for (const change of deployment.changes) say(`  ${change}`);
  say('');
  await playDynamoDb(deployment, game, new Set(requests.map(({ id }) => id)));
}

/** The emulator notes requests for exports and writes none: what DynamoDB would write is written here. */
async function play(deployment: Deployment, game: GameWithExports, request: ExportRequest): Promise<void> {
  const started = Date.now();
  await game.writeExport(request);
  const from = request.IncrementalExportSpecification?.ExportFromTime;
  if (from === undefined) return say(`  ${request.S3Prefix}/: a full export was written`);
  const date = formatDay(dayOfMillis(from * 1000));
  const { records } = await ledgerOf(deployment.clients, deployment.outputs.AnalyticsTableName ?? '', date);
  say(`  ${date}: exported, counted and published in ${Date.now() - started} ms: ${JSON.stringify(records)}`);
}

const POLL_MILLIS = 1000;

/** Whatever is asked for from now on, by a replay or a backfill, is written too. */
async function playDynamoDb(deployment: Deployment, game: GameWithExports, written: Set<string>): Promise<void> {
  while (!isInterrupted) {
    // The emulator remembers its last requests only.
    const asked = (await game.askedExports()).filter(({ id }) => !written.has(id));
    for (const request of asked) {
      written.add(request.id);
      await play(deployment, game, request);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
  }
}

await main();
