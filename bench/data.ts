import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { gamesDefinition } from '../src/definitions/preset.ts';
import type { ExportScope } from '../src/domain/counting-rules.ts';
import type { Definition } from '../src/domain/definition.ts';
import { summaryJson } from '../test/support/manifests.ts';
import { type SeededRandom, seededRandom } from '../test/support/seeded-random.ts';
import {
  changingShop,
  eventLine,
  events,
  eventsById,
  nestedOrderLine,
  nestedShop,
  orderChange,
  orderLine,
  shop,
} from './other-tables.ts';
import { anyPlayer, hex } from './players.ts';

/** One gzipped data file of records that a seed repeats. */
export interface DataSet {
  readonly name: string;
  readonly title: string;
  readonly records: number;
  readonly image: 'Item' | 'NewImage';
  readonly definition: Definition;
  readonly scope: ExportScope;
  readonly line: (random: SeededRandom) => unknown;
}

const full = { exportType: 'FULL_EXPORT', hasOldImages: false, day: null } as const;
const incremental = { exportType: 'INCREMENTAL_EXPORT', hasOldImages: true, day: 20_049 } as const;

/** The preset's table, of which all contenders know. */
const games = { definition: gamesDefinition, image: 'Item', scope: full } as const;
/** Of tables of other designs only Daytally can be told. */
const other = { records: 600_000, image: 'Item', scope: full } as const;

export const dataSets: readonly DataSet[] = [
  { ...games, name: 'nested', title: '2.4 KB records', records: 60_000, line: (r) => ({ Item: withPayload(r, 9) }) },
  { ...games, name: 'small', title: '180-byte records', records: 600_000, line: (r) => ({ Item: activity(r) }) },
  {
    ...games,
    name: 'incremental',
    title: 'incremental export',
    records: 60_000,
    image: 'NewImage',
    scope: incremental,
    line: change,
  },
];

/** Records as large as the small ones, by other definitions. */
export const otherTables: readonly DataSet[] = [
  { ...other, name: 'shop', title: 'a shop: two keys and a date-time', definition: shop, line: orderLine },
  { ...other, name: 'events', title: 'four types of events', definition: events, line: eventLine },
  { ...other, name: 'ids', title: 'the same, dated by their ids', definition: eventsById, line: eventLine },
  { ...other, name: 'paths', title: 'a shop with a nested path', definition: nestedShop, line: nestedOrderLine },
];

/** The same incremental export twice: by a definition that needs no old images, and by one that does. */
export const changes: readonly DataSet[] = [
  {
    ...other,
    name: 'orders',
    title: 'orders, changed or inserted',
    definition: shop,
    image: 'NewImage',
    scope: incremental,
    line: orderChange,
  },
  {
    ...other,
    name: 'paid',
    title: 'orders that become paid',
    definition: changingShop,
    image: 'NewImage',
    scope: incremental,
    line: orderChange,
  },
];

/** Files of the large export; all are the nested one. */
const LARGE_FILES = 8;
const EXPORT_ID = '01732233600000-a1b2c3d4';

/** Each plays mostly one game. */
function activity(random: SeededRandom) {
  const { user, userId, seconds } = anyPlayer(random);
  const app = apps[(random.chance(0.8) ? user : random.below(apps.length)) % apps.length];
  const times = { createdAt: { N: `${seconds}` }, updatedAt: timeIn(seconds + 100, random) };
  const kind = random.next();
  if (kind < 0.5)
    return { modelId: { S: `session-${app}-${hex(random, 16)}` }, owner: { S: `user-${userId}` }, ...times };
  if (kind < 0.65)
    return { modelId: { S: `party-${app}-${hex(random, 16)}` }, owner: { S: `user-${userId}` }, ...times };
  if (kind < 0.85)
    return { modelId: { S: `member-user-${userId}` }, owner: { S: `party-${app}-${hex(random, 16)}` }, ...times };
  return { modelId: { S: `profile-${userId}` }, owner: { S: `user-${userId}` }, ...times };
}

const apps = ['sudoku', 'chess', 'poker', 'go', 'quiz'];
const words = [
  'alpha',
  'bravo',
  'charlie',
  '"quoted"',
  'back\\slash',
  'été',
  '東京',
  '[list]',
  '{set}',
  'delta',
  'echo',
  'golf',
];

const timeIn = (seconds: number, random: SeededRandom) =>
  random.chance(0.5) ? { N: `${seconds}` } : { S: new Date(seconds * 1000).toISOString() };

const phrase = (random: SeededRandom): string => Array.from({ length: 6 }, () => random.pick(words)).join(' ');

function withPayload(random: SeededRandom, moves: number) {
  const { modelId, owner, createdAt, updatedAt } = activity(random);
  const move = () => ({
    M: {
      actor: { S: hex(random, 32) },
      score: { N: `${random.below(10_000)}` },
      note: { S: phrase(random) },
      done: { BOOL: random.chance(0.5) },
      tags: { L: [{ S: random.pick(words) }, { S: random.pick(words) }] },
    },
  });
  const state = { M: Object.fromEntries(Array.from({ length: moves }, (_, index) => [`move${index}`, move()])) };
  return { modelId, state, owner, version: { N: '7' }, createdAt, updatedAt, title: { S: phrase(random) } };
}

function change(random: SeededRandom) {
  const NewImage = withPayload(random, 3);
  const Metadata = { WriteTimestampMicros: { N: '1732233600000000' } };
  const Keys = { modelId: NewImage.modelId };
  const kind = random.next();
  if (kind < 0.1) return { Metadata, Keys, OldImage: NewImage };
  return kind < 0.5 ? { Metadata, Keys, NewImage } : { Metadata, Keys, NewImage, OldImage: NewImage };
}

/** Writes the data set below `folder`, unless it is there; its path. */
export function dataFile(folder: string, { name, records, line }: DataSet, times = 1): string {
  const path = join(folder, `${name}-${times}.json.gz`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const random = seededRandom(1);
  const members: Buffer[] = [];
  for (let done = 0; done < records; done += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, records - done) }, () => `${JSON.stringify(line(random))}\n`);
    members.push(gzipSync(lines.join('')));
  }
  for (let time = 0; time < times; time++) for (const member of members) writeFileSync(path, member, { flag: 'a' });
  return path;
}

/** An export of more than 1 GB in several data files, as a directory. */
export const largeExport = (folder: string, nested: DataSet): string =>
  exportOf(folder, { ...nested, files: LARGE_FILES, directory: 'large' });

/** An export of a few kilobytes. */
export const tinyExport = (folder: string, small: DataSet): string =>
  exportOf(folder, { ...small, name: 'tiny', records: 100, files: 1, directory: 'tiny' });

function exportOf(folder: string, dataSet: DataSet & { readonly files: number; readonly directory: string }): string {
  const directory = join(folder, dataSet.directory);
  const below = `AWSDynamoDB/${EXPORT_ID}`;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, below, 'data'), { recursive: true });
  const file = dataFile(folder, dataSet);
  const md5Checksum = createHash('md5').update(readFileSync(file)).digest('base64');
  const keys = Array.from({ length: dataSet.files }, (_, index) => `${below}/data/${index}.json.gz`);
  for (const key of keys) linkSync(file, join(directory, key));
  const list = keys.map((dataFileS3Key) =>
    JSON.stringify({ itemCount: dataSet.records, md5Checksum, etag: 'e', dataFileS3Key }),
  );
  writeFileSync(join(directory, below, 'manifest-files.json'), `${list.join('\n')}\n`);
  writeFileSync(join(directory, below, 'manifest-summary.json'), summaryJson(below, dataSet.records * dataSet.files));
  return directory;
}
