import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { runDemo } from '../../src/cli/demo/run-demo.ts';
import { openLedger } from '../../src/cli/ledger-source.ts';
import type { Terminal } from '../../src/cli/terminal/terminal.ts';
import { gamesDefinition } from '../../src/definitions/preset.ts';
import type { LedgerEntry } from '../../src/domain/run-ledger.ts';
import { midnightOf } from '../../src/domain/utc-day.ts';
import { toPage } from '../../src/report/html/page.ts';
import { buildReport } from '../../src/report/report.ts';
import { terminalPage } from './terminal-page.ts';

/** 2026-11-25: the same demo, on whatever day and machine. */
const TODAY = 20_782;
const NIGHTS = 30;
/** Days before the first night that the demo has numbers of: recovery's, and a backfill's. */
const DAYS_BEFORE = 19;

/** The HTML of each picture, by its name. */
export type Pictured = Readonly<Record<'page' | 'terminal', string>>;

/** Runs the demo and makes of it what is pictured. It says the same on every machine, so that its hash does too. */
export async function picturedDemo(): Promise<Pictured> {
  const folder = await mkdtemp(join(tmpdir(), 'daytally-pictures-'));
  const printed: string[] = [];
  const terminal: Terminal = {
    result: (text) => void printed.push(text),
    data: () => {},
    note: () => {},
    columns: 80,
    paint: pc.createColors(true),
    progress: () => ({ update: () => {}, stop: () => {} }),
  };
  try {
    await runDemo(
      { definition: gamesDefinition, nights: NIGHTS, folder: join(folder, 'demo'), today: TODAY, seed: 7 },
      terminal,
    );
    return {
      page: await demoPage(join(folder, 'demo'), terminal),
      terminal: terminalPage(['$ npm run demo', '…', '', ...withoutRuns(printed.join(''))]),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How long a run took is not the same twice. */
function withoutRuns(report: string): string[] {
  const lines = report.trimEnd().split('\n');
  return lines
    .slice(
      0,
      lines.findIndex((line) => line.includes('Last runs')),
    )
    .join('\n')
    .trimEnd()
    .split('\n');
}

async function demoPage(folder: string, terminal: Terminal): Promise<string> {
  const span = { from: TODAY - NIGHTS - DAYS_BEFORE, to: TODAY - 1 };
  const ledger = await openLedger({ folder, stack: '' }, terminal);
  try {
    const entries = (await ledger.read(span)).map(sameEverywhere);
    const now = midnightOf(TODAY) + 9 * 3_600_000;
    const { metrics } = gamesDefinition;
    const report = buildReport({ ...span, entries, now, earliestRestorable: null, metrics });
    return toPage(report, { title: 'Daytally demo', theme: 'auto' });
  } finally {
    await ledger.close();
  }
}

/** What depends on the machine (its speed, how well its zlib compresses) in round figures. */
const sameEverywhere = (entry: LedgerEntry): LedgerEntry => {
  const millis = entry.records.read;
  const started = Math.floor(Date.parse(entry.startedAt) / 60_000) * 60_000;
  return {
    ...entry,
    exportId: `0${started}-${entry.date.replaceAll('-', '')}`,
    bytesRead: entry.records.read * 100,
    startedAt: new Date(started).toISOString(),
    writtenAt: new Date(started + millis).toISOString(),
  };
};
