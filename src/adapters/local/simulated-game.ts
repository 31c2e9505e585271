import { daysBetween, formatDay, MILLIS_PER_DAY, midnightOf, type UtcDay } from '../../domain/utc-day.ts';
import { SeededRandom } from './seeded-random.ts';
import {
  malformedItems,
  memberItem,
  newBoard,
  otherItem,
  partyItem,
  type SessionFacts,
  sessionItem,
  simulatedApps,
} from './simulated-items.ts';
import { chooseApp, isWeekend, newPlayer, type Player, plays, startTime } from './simulated-players.ts';
import type { ItemWriter } from './simulated-table.ts';

export interface GameOptions {
  /** The same seed gives the same game, to the byte. */
  readonly seed: number;
  /** How many there are on the first day; others come, some stop, some return. */
  readonly players: number;
  /** Days that are played, both inclusive. What was begun on the last day may go on after it. */
  readonly from: UtcDay;
  readonly to: UtcDay;
}

/**
 * Lets people play a game for some days and writes to its table what the game would: sessions, parties, members and
 * other items, some of them malformed, some with a time to live.
 */
export function playGame(table: ItemWriter, { seed, players, from, to }: GameOptions): void {
  const random = new SeededRandom(seed);
  const everybody = Array.from({ length: players }, () => newPlayer(random));
  for (const day of daysBetween(from, to)) {
    const today = everybody.filter((player) => plays(random, player, day));
    const newcomers = Array.from({ length: newcomersOn(random, players, day) }, () => newPlayer(random));
    everybody.push(...newcomers);
    const game = new GameDay(table, random, day, [...today, ...newcomers]);
    game.play();
  }
}

/** About two in a hundred a day, more on weekends. */
const newcomersOn = (random: SeededRandom, players: number, day: UtcDay): number =>
  Math.round(players * 0.02 * (isWeekend(day) ? 1.6 : 1) * (0.6 + 0.8 * random.next()));

const MINUTE = 60_000;

class GameDay {
  constructor(
    private readonly table: ItemWriter,
    private readonly random: SeededRandom,
    private readonly day: UtcDay,
    private readonly players: readonly Player[],
  ) {}

  play(): void {
    for (const player of this.players) {
      for (let games = this.random.int(1, this.random.int(1, 5)); games > 0; games--) this.#session(player);
      if (this.random.chance(0.06)) this.#party(player);
      if (this.random.chance(0.03)) this.#befriend(player);
    }
    this.#housekeeping();
    if (this.random.chance(0.6)) this.#mishap();
  }

  #session(player: Player): void {
    const { random, table } = this;
    const app = chooseApp(random, player);
    const createdAt = startTime(random, player, this.day);
    const abandoned = random.chance(0.1);
    const facts: SessionFacts = {
      modelId: `session-${app}-${random.id(8)}-${random.id(4)}`,
      userId: player.id,
      board: newBoard[app](random),
      client: player.client,
      createdAt,
      updatedAt: createdAt,
      status: abandoned ? 'abandoned' : 'playing',
      ...(abandoned ? { expiresAt: Math.floor(createdAt / 1000) + 7 * 86_400 } : {}),
    };
    table.put(sessionItem(random, facts), createdAt + this.#latency());
    if (abandoned) return;
    for (const updatedAt of this.#moves(createdAt, app === 'chess' && random.chance(0.4))) {
      table.put(sessionItem(random, { ...facts, updatedAt, status: 'finished' }), updatedAt + this.#latency());
    }
  }

  /** When a session is written again: at its end, and where chess is played by letter on some of the days after. */
  #moves(createdAt: number, byLetter: boolean): number[] {
    const end = createdAt + this.random.int(3 * MINUTE, 40 * MINUTE);
    if (!byLetter) return [end];
    const days = this.random.int(1, 4);
    return [
      end,
      ...Array.from({ length: days }, (_, n) => end + (n + 1) * MILLIS_PER_DAY + this.random.int(0, 90) * MINUTE),
    ];
  }

  #party(host: Player): void {
    const { random, table } = this;
    const app = chooseApp(random, host);
    const modelId = `party-${app}-${random.id(10)}`;
    const createdAt = startTime(random, host, this.day);
    const facts = { modelId, userId: host.id, client: host.client, createdAt };
    table.put(partyItem({ ...facts, updatedAt: createdAt, status: 'open' }), createdAt + this.#latency());
    for (const guest of this.#guests(host)) this.#join(guest, modelId, createdAt);
    const startedAt = createdAt + 60 * MINUTE;
    table.put(partyItem({ ...facts, updatedAt: startedAt, status: 'started' }), startedAt + this.#latency());
    if (!random.chance(0.3)) return;
    const closedAt = startedAt + MILLIS_PER_DAY;
    table.put(partyItem({ ...facts, updatedAt: closedAt, status: 'closed' }), closedAt + this.#latency());
  }

  #guests(host: Player): Player[] {
    const guests = Array.from({ length: this.random.int(1, 4) }, () => this.random.pick(this.players));
    return [...new Set(guests)].filter((guest) => guest !== host);
  }

  /** Some join a day later; some leave again. */
  #join(guest: Player, partyId: string, openedAt: number): void {
    const { random, table } = this;
    const joinedAt = openedAt + random.int(1, 50) * MINUTE + (random.chance(0.15) ? MILLIS_PER_DAY : 0);
    const member = memberItem(guest.id, partyId, guest.client, joinedAt);
    const writtenAt = joinedAt + this.#latency();
    table.put(member, writtenAt);
    if (random.chance(0.08)) table.delete(member, writtenAt + random.int(1, 1800) * MINUTE);
  }

  #befriend(player: Player): void {
    const at = startTime(this.random, player, this.day);
    const friend = this.random.pick(this.players);
    this.table.put(otherItem(`friendship-${player.id}-${friend.id}`, `user-${player.id}`, at, 1), at);
  }

  /** What the game itself writes every day. */
  #housekeeping(): void {
    for (const app of simulatedApps) {
      const at = midnightOf(this.day) + this.random.int(1, 23 * 60) * MINUTE;
      this.table.put(otherItem(`config-${app}`, 'system', at, this.random.int(1, 9)), at);
      this.table.put(otherItem(`leaderboard-${app}-${formatDay(this.day)}`, 'system', at, this.random.int(1, 999)), at);
    }
  }

  #mishap(): void {
    const at = midnightOf(this.day) + this.random.int(0, 24 * 60 - 1) * MINUTE;
    this.table.put(this.random.pick(malformedItems)(this.random.id(8), at), at);
  }

  /** Between the game's clock and the table's. */
  #latency(): number {
    return this.random.int(3, 120);
  }
}
