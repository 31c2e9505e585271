import { PutObjectCommand } from '@aws-sdk/client-s3';
import { layOut } from '../../support/exports.ts';
import type { Clients } from './clients.ts';
import { ACCOUNT, REGION, SOURCE_TABLE } from './emulators.ts';

const DAY = 86_400_000;

/** YYYY-MM-DD of the UTC day so many days before today. */
export const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

type Item = Record<string, object>;

const S = (text: string) => ({ S: text });
const inserted = (item: Item) => JSON.stringify({ Keys: { modelId: item.modelId }, NewImage: item });
const updated = (item: Item) => JSON.stringify({ Keys: { modelId: item.modelId }, NewImage: item, OldImage: item });
const session = (id: string, user: string, time: object): Item => ({
  modelId: S(`session-${id}`),
  state: { M: { moves: { L: [{ M: { owner: S('user-nobody') } }] } } },
  owner: S(`user-${user}`),
  updatedAt: time,
});
const party = (id: string, user: string, time: object): Item => ({
  owner: S(`user-${user}`),
  createdAt: time,
  modelId: S(`party-${id}`),
});
const member = (user: string, partyId: string, time: object): Item => ({
  modelId: S(`member-user-${user}`),
  owner: S(`party-${partyId}`),
  createdAt: time,
});

/** A night's export that can be counted by hand: two apps, one of them with a name that trips plain objects up. */
export function nightOf(date: string): readonly (readonly string[])[] {
  const midnight = Date.parse(date);
  const seconds = (hour: number) => ({ N: String(midnight / 1000 + hour * 3600) });
  const millis = (offset: number) => ({ N: String(midnight + offset) });
  return [
    [
      inserted(session('sudoku-1', 'ada', seconds(0))),
      updated(session('sudoku-2', 'ada', millis(DAY - 1))),
      updated(session('sudoku-3-b', 'grace', S(`${date}T23:30:00Z`))),
      inserted(party('sudoku-p1', 'ada', seconds(3))),
      inserted(member('grace', 'sudoku-p1', seconds(4))),
      inserted(member('linus', 'sudoku-p1', S(`${date}T04:00:00.5z`))),
    ],
    [],
    [
      updated(session('__proto__-1', 'ada', seconds(12))),
      inserted({ modelId: S('game-sudoku'), owner: S('user-ada') }),
      JSON.stringify({ Keys: { modelId: S('session-sudoku-9') }, OldImage: session('sudoku-9', 'ada', seconds(1)) }),
      inserted(session('sudoku-4', 'ada', millis(DAY))),
      inserted(session('sudoku-5', 'ada', millis(-1))),
      inserted(session('sudoku-6', '', seconds(1))),
      '{"Keys":{},"NewImage":',
    ],
  ];
}

/** The records of that night, as anyone counts them who knows the rules. */
export const recordsOfNight = { read: 13, counted: 7, ignored: 1, deleted: 1, outsideWindow: 2, malformed: 2 };

/** Those outside its window: one a millisecond late, one a millisecond early. */
export const outsideOfNight = (date: string) => ({
  touched: 0,
  early: 1,
  older: 0,
  late: { [new Date(Date.parse(date) - DAY).toISOString().slice(0, 10)]: 1 },
});

/**
 * Puts an export where DynamoDB would, the manifest last.
 * @param damaged takes the place of what would be right
 * @returns the manifest's key
 */
export async function putExport(
  { s3 }: Clients,
  bucket: string,
  date: string,
  files: readonly (readonly string[])[],
  damaged?: { readonly key: string; readonly bytes: Buffer },
): Promise<string> {
  const to = new Date(Date.parse(date) + DAY).toISOString();
  const tableArn = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${SOURCE_TABLE}`;
  const summary = {
    tableArn,
    exportFromTime: `${date}T00:00:00.000Z`,
    exportToTime: to,
    endTime: to,
    s3Bucket: bucket,
  };
  const objects = layOut({ files, prefix: `exports/incremental/${date}/`, summary });
  if (damaged !== undefined) objects.set(damaged.key, damaged.bytes);
  for (const [Key, Body] of objects) await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  const manifest = [...objects.keys()].at(-1);
  if (manifest === undefined) throw new Error('an export has a manifest');
  return manifest;
}

/** What that night's records hold, but for their provenance. */
export const numbersOfNight = {
  proto: {
    app: '__proto__',
    activeUserIds: ['ada'],
    gamesPerUser: { ada: 1 },
    partiesCreatedPerUser: {},
    partiesJoined: 0,
    summary: { activeUsers: 1, gamesPlayed: 1, partiesCreated: 0, partiesJoined: 0 },
  },
  sudoku: {
    app: 'sudoku',
    activeUserIds: ['ada', 'grace'],
    gamesPerUser: { ada: 2, grace: 1 },
    partiesCreatedPerUser: { ada: 1 },
    partiesJoined: 2,
    summary: { activeUsers: 2, gamesPlayed: 3, partiesCreated: 1, partiesJoined: 2 },
  },
};

/** What each graph of the dashboard shows of that night, by the metric's name in CloudWatch and app. */
export const valuesOfNight: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ActiveUsers: { ['__proto__']: 1, sudoku: 2 },
  GamesPlayed: { ['__proto__']: 1, sudoku: 3 },
  PartiesCreated: { ['__proto__']: 0, sudoku: 1 },
  PartiesJoined: { ['__proto__']: 0, sudoku: 2 },
};
