import type { SeededRandom } from './seeded-random.ts';
import { type AttributeValue, type Item, M, N, S, type TableShape } from './simulated-table.ts';

/** The game's single table; DynamoDB removes expired items within a few days, mostly within hours. */
export const gameTableShape: TableShape = {
  keys: ['modelId', 'owner'],
  ttlAttribute: 'expiresAt',
  ttlLagMillis: 5 * 3_600_000,
};

/** What its keys are like. */
export const gameKeyExample = 'session-sudoku-7f3a';

export const simulatedApps = ['sudoku', 'chess', 'crosswords'] as const;
export type SimulatedApp = (typeof simulatedApps)[number];

/** How a player's version of the game writes times: the game was rewritten twice. */
export type TimeForm = 'millis' | 'seconds' | 'text';

export interface Client {
  readonly platform: string;
  readonly version: string;
  readonly timeForm: TimeForm;
}

const timeForms: Record<TimeForm, (millis: number) => AttributeValue> = {
  millis: N,
  seconds: (millis) => N(Math.floor(millis / 1000)),
  text: (millis) => S(new Date(millis).toISOString()),
};

/** An instant (epoch milliseconds) as a player's client writes it. */
const stamp = (client: Client, millis: number): AttributeValue => timeForms[client.timeForm](millis);

/** What is played on: it stays the same while a session goes on. */
export const newBoard: Record<SimulatedApp, (random: SeededRandom) => AttributeValue> = {
  sudoku: (random) => M({ grid: S(random.text('0123456789', 81)), hints: N(3) }),
  chess: (random) => M({ fen: S(`r1bqkb1r/pp${random.int(1, 6)}/2n2n2/8 w KQkq - 0 ${random.int(1, 60)}`) }),
  crosswords: (random) => M({ puzzle: S(random.id(10)), letters: { L: [...random.id(15)].map(S) } }),
};

export interface SessionFacts {
  readonly modelId: string;
  readonly userId: string;
  readonly board: AttributeValue;
  readonly client: Client;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly status: 'playing' | 'finished' | 'abandoned';
  /** Epoch seconds. */
  readonly expiresAt?: number;
}

/** A game that is played. Its state holds attributes named like the item's own, as real items do. */
export function sessionItem(random: SeededRandom, facts: SessionFacts): Item {
  const { client, createdAt, updatedAt, userId } = facts;
  return {
    modelId: S(facts.modelId),
    owner: S(`user-${userId}`),
    createdAt: stamp(client, createdAt),
    updatedAt: stamp(client, updatedAt),
    status: S(facts.status),
    state: M({
      board: facts.board,
      moves: N(random.int(4, 90)),
      elapsedSeconds: N(Math.floor((updatedAt - createdAt) / 1000)),
      lastMove: M({ owner: S(`user-${userId}`), updatedAt: N(updatedAt - random.int(500, 20_000)) }),
    }),
    settings: M({
      difficulty: S(random.pick(['easy', 'medium', 'hard'])),
      sound: { BOOL: random.chance(0.5) },
      theme: { NULL: true },
    }),
    client: M({
      platform: S(client.platform),
      version: S(client.version),
      locale: S(random.pick(['en-GB', 'de-DE', 'fr-FR'])),
    }),
    ...(facts.expiresAt === undefined ? {} : { expiresAt: N(facts.expiresAt) }),
  };
}

export interface PartyFacts {
  readonly modelId: string;
  readonly userId: string;
  readonly client: Client;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly status: 'open' | 'started' | 'closed';
}

export const partyItem = ({ modelId, userId, client, createdAt, updatedAt, status }: PartyFacts): Item => ({
  modelId: S(modelId),
  owner: S(`user-${userId}`),
  createdAt: stamp(client, createdAt),
  updatedAt: stamp(client, updatedAt),
  status: S(status),
  title: S('Friday night – drop in ☕'),
  rules: M({ maxMembers: N(8), private: { BOOL: status !== 'open' }, invited: { L: [] } }),
});

export const memberItem = (userId: string, partyId: string, client: Client, createdAt: number): Item => ({
  modelId: S(`member-user-${userId}`),
  owner: S(partyId),
  createdAt: stamp(client, createdAt),
  role: S('player'),
});

/** Items that are no activity. */
export const otherItem = (modelId: string, owner: string, at: number, value: number): Item => ({
  modelId: S(modelId),
  owner: S(owner),
  createdAt: N(at),
  updatedAt: N(at),
  payload: M({ value: N(value), flags: { L: [{ BOOL: true }, { NULL: true }] } }),
});

/** Items that a fault in the game has written: each breaks one rule of counting. */
export const malformedItems: readonly ((id: string, at: number) => Item)[] = [
  (id) => ({ modelId: S(`session-sudoku-${id}`), owner: S('user-guest') }),
  (id, at) => ({ modelId: S(`session-chess-${id}`), owner: S('guest'), updatedAt: N(at) }),
  (id, at) => ({ modelId: S(`session-${id}`), owner: S('user-guest'), updatedAt: N(at) }),
  (id) => ({ modelId: S(`party-chess-${id}`), owner: S('user-guest'), createdAt: S('yesterday') }),
  (id, at) => ({ modelId: S('member-user-guest'), owner: S(`club-chess-${id}`), createdAt: N(at) }),
];
