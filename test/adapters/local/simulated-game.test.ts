import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DirectoryBucket } from '../../../src/adapters/local/directory-bucket.ts';
import { playGame } from '../../../src/adapters/local/simulated-game.ts';
import { gameTableShape, simulatedApps } from '../../../src/adapters/local/simulated-items.ts';
import { isWeekend } from '../../../src/adapters/local/simulated-players.ts';
import { type Item, SimulatedTable } from '../../../src/adapters/local/simulated-table.ts';
import { temporaryDirectory } from '../../support/exports.ts';
import { lastManifest, nightly, simulatedWorld } from './simulated-world.ts';

const DAY = 86_400_000;
const FROM = 20_050;
const TO = FROM + 27;

function play(seed: number, players = 200): SimulatedTable {
  const table = new SimulatedTable(gameTableShape);
  playGame(table, { seed, players, from: FROM, to: TO });
  return table;
}

const S = (item: Item, attribute: string): string => (item[attribute] as { S: string }).S;

/** Who played on a day. */
const playersOn = (table: SimulatedTable, day: number): Set<string> =>
  new Set(
    [...table.incrementalExport({ from: day * DAY, to: (day + 1) * DAY })]
      .filter(({ NewImage }) => NewImage !== undefined && S(NewImage, 'modelId').startsWith('session-'))
      .map(({ Keys }) => S(Keys, 'owner')),
  );

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

describe('playGame', () => {
  const table = play(1);
  const days = Array.from({ length: TO - FROM + 1 }, (_, n) => FROM + n);
  const played = new Map(days.map((day) => [day, playersOn(table, day)]));
  const items = [...table.stateAt((TO + 1) * DAY)];
  const ids = items.map((item) => S(item, 'modelId'));

  it('is busier on weekends', () => {
    const on = (weekend: boolean) =>
      mean(days.filter((day) => isWeekend(day) === weekend).map((day) => played.get(day)?.size ?? 0));
    expect(on(true)).toBeGreaterThan(1.15 * on(false));
  });

  it.each([
    ['2024-11-22', false],
    ['2024-11-23', true],
    ['2024-11-24', true],
    ['2024-11-25', false],
  ])('knows whether %s is on a weekend: %s', (date, weekend) => {
    expect(isWeekend(Date.parse(date) / DAY)).toBe(weekend);
  });

  it('has players who come back and, on every day of the last week, some who are new', () => {
    const seen = new Set(days.slice(0, 21).flatMap((day) => [...(played.get(day) ?? [])]));
    for (const day of days.slice(21)) {
      const today = [...(played.get(day) ?? [])];
      expect(today.some((user) => seen.has(user))).toBe(true);
      expect(today.some((user) => !seen.has(user))).toBe(true);
      for (const user of today) seen.add(user);
    }
  });

  it('plays every app, by different numbers of people', () => {
    const sessions = simulatedApps.map((app) => ids.filter((id) => id.startsWith(`session-${app}-`)).length);
    expect(Math.min(...sessions)).toBeGreaterThan(100);
    expect(new Set(sessions).size).toBe(simulatedApps.length);
  });

  it('writes times mostly as milliseconds, at times as seconds or text', () => {
    const times = items
      .filter((item) => S(item, 'modelId').startsWith('session-'))
      .map(({ updatedAt }) => (updatedAt ?? {}) as { N?: string; S?: string });
    const millis = times.filter((time) => time.N?.length === 13).length;
    const seconds = times.filter((time) => time.N?.length === 10).length;
    const text = times.filter((time) => time.S?.endsWith('Z')).length;
    expect(millis).toBeGreaterThan(seconds + text);
    expect(Math.min(seconds, text)).toBeGreaterThan(0);
  });

  it('holds parties, members and items that are no activity', () => {
    for (const prefix of ['party-', 'member-user-', 'config-', 'leaderboard-', 'friendship-']) {
      expect(
        ids.some((id) => id.startsWith(prefix)),
        prefix,
      ).toBe(true);
    }
  });

  it('goes on with some sessions on later days and removes those whose time to live is over', () => {
    const lines = days.flatMap((day) => [...table.incrementalExport({ from: day * DAY, to: (day + 1) * DAY })]);
    const ofSessions = lines.filter(({ Keys }) => S(Keys, 'modelId').startsWith('session-'));
    expect(ofSessions.some(({ NewImage, OldImage }) => NewImage && OldImage)).toBe(true);
    const removed = ofSessions.filter(({ NewImage }) => NewImage === undefined);
    expect(removed.length).toBeGreaterThan(0);
    for (const { OldImage } of removed) expect(OldImage?.expiresAt).toBeDefined();
  });

  it('gives the same exports to the byte for the same seed, and others for another', async () => {
    const [first, again, other] = await Promise.all([exported(3), exported(3), exported(4)]);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

/** Every object of one incremental and one full export, by key, as a hash. */
async function exported(seed: number): Promise<Record<string, string>> {
  const { table, bucket, exporter, clock, events } = simulatedWorld(
    new DirectoryBucket(temporaryDirectory(), 'games-exports'),
  );
  playGame(table, { seed, players: 30, from: FROM, to: FROM + 2 });
  const { order, at } = nightly(FROM + 1);
  clock.now = at;
  await exporter.startExport(order);
  await exporter.startExport({ exportType: 'FULL_EXPORT', keyPrefix: 'full/', clientToken: 'full' });
  expect(lastManifest(events)).toMatch(/^full\//);
  const hashes: Record<string, string> = {};
  for await (const key of bucket.list('')) {
    const hash = createHash('sha256');
    for await (const chunk of await bucket.stream(key)) hash.update(chunk);
    hashes[key] = hash.digest('hex');
  }
  return hashes;
}
