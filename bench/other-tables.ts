import type { ActivityInput, TimeInput } from '../src/domain/define-table.ts';
import type { Definition } from '../src/domain/definition.ts';
import { parseDefinition } from '../src/schemas/definition.ts';
import type { SeededRandom } from '../test/support/seeded-random.ts';
import { anyPlayer, hex } from './players.ts';

/* Tables of other designs than the games', their records as large as the games' small ones. */

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

export const shop: Definition = parseDefinition(
  {
    version: 1,
    separator: '#',
    activities: { order: { is: { PK: 'USER#${user}', SK: 'ORDER#${order}' }, at: 'createdAt' } },
    metrics: {
      buyers: { of: 'order', measure: 'distinctUsers' },
      orders: { of: 'order', measure: 'countPerUser' },
    },
  },
  'shop',
);

export function orderLine(random: SeededRandom): unknown {
  const { userId, seconds } = anyPlayer(random);
  const SK = { S: random.chance(0.85) ? `ORDER#${hex(random, 16)}` : `CART#${hex(random, 16)}` };
  const total = { N: `${random.below(100_000)}` };
  return { Item: { PK: { S: `USER#${userId}` }, SK, createdAt: { S: iso(seconds) }, total, status: { S: 'PAID' } } };
}

/** The same shop, that wants to know of paid orders only, and keeps that in a map. */
export const nestedShop: Definition = parseDefinition(
  {
    version: 1,
    separator: '#',
    activities: {
      order: { is: { PK: 'USER#${user}', SK: 'ORDER#${order}', 'data.status': 'PAID' }, at: 'createdAt' },
    },
    metrics: { orders: { of: 'order', measure: 'countPerUser' } },
  },
  'shop with a nested path',
);

export function nestedOrderLine(random: SeededRandom): unknown {
  const { userId, seconds } = anyPlayer(random);
  const SK = { S: random.chance(0.85) ? `ORDER#${hex(random, 16)}` : `CART#${hex(random, 16)}` };
  const data = { M: { status: { S: 'PAID' }, total: { N: '1999' } } };
  return { Item: { PK: { S: `USER#${userId}` }, SK, createdAt: { S: iso(seconds) }, data } };
}

/** The same shop, that counts orders as they are paid and what they bring. */
export const changingShop: Definition = parseDefinition(
  {
    version: 1,
    separator: '#',
    activities: {
      order: {
        is: { PK: 'USER#${user}', SK: 'ORDER#${order}' },
        at: 'createdAt',
        on: { becomes: { status: 'PAID' } },
      },
      cancelled: { is: { PK: 'USER#${user}', SK: 'ORDER#${order}' }, on: 'delete' },
    },
    metrics: {
      buyers: { of: 'order', measure: 'distinctUsers' },
      orders: { of: 'order', measure: 'countPerUser' },
      cancellations: { of: 'cancelled', measure: 'count' },
    },
  },
  'shop of changes',
);

/** An order that was changed, mostly; some are new, some are gone. */
export function orderChange(random: SeededRandom): unknown {
  const { userId, seconds } = anyPlayer(random);
  const Keys = { PK: { S: `USER#${userId}` }, SK: { S: `ORDER#${hex(random, 16)}` } };
  const order = { ...Keys, createdAt: { S: iso(seconds) }, total: { N: `${random.below(100_000)}` } };
  const open = { ...order, status: { S: 'OPEN' } };
  const Metadata = { WriteTimestampMicros: { N: `${seconds}000000` } };
  const kind = random.next();
  if (kind < 0.1) return { Metadata, Keys, OldImage: open };
  const NewImage = { ...order, status: { S: random.chance(0.7) ? 'PAID' : 'OPEN' } };
  return kind < 0.4 ? { Metadata, Keys, NewImage } : { Metadata, Keys, OldImage: open, NewImage };
}

/** Four types of events, dated by an attribute, or by the ids in their keys. */
export const events: Definition = eventsAt({ attribute: 'at', as: 'epochMillis' });
export const eventsById: Definition = eventsAt({ hole: 'id', as: 'ulid' });

function eventsAt(at: TimeInput): Definition {
  const read = { user: '${user}', team: '${app}' };
  const kinds: Record<string, ActivityInput['is']> = {
    login: { Type: { oneOf: ['Login', 'LoginByToken', 'LoginByPasskey'] } },
    message: { Type: 'Message' },
    purchase: { Type: 'Purchase', test: { exists: false } },
    invitation: { Type: { startsWith: 'Invit' } },
  };
  const activities = Object.fromEntries(
    Object.entries(kinds).map(([id, is]) => [id, { is: { ...is, PK: 'EVENT#${id}' }, read, at }]),
  );
  const metrics = {
    activeUsers: { of: 'login', measure: 'distinctUsers' },
    messages: { of: 'message', measure: 'countPerUser' },
    purchases: { of: 'purchase', measure: 'count' },
    invitations: { of: 'invitation', measure: 'count' },
  };
  return parseDefinition({ version: 1, separator: '#', activities, metrics }, 'events');
}

const types = ['Login', 'LoginByToken', 'LoginByPasskey', 'Message', 'Message', 'Purchase', 'Invitation', 'Profile'];

export function eventLine(random: SeededRandom): unknown {
  const { user, userId, seconds } = anyPlayer(random);
  const PK = { S: `EVENT#${ulid(seconds * 1000, random)}` };
  const source = { S: random.pick(['web', 'ios', 'android']) };
  const team = { S: `team-${user % 5}` };
  const at = { N: `${seconds}000` };
  return { Item: { PK, Type: { S: random.pick(types) }, user: { S: `U-${userId}` }, team, source, at } };
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** https://github.com/ulid/spec */
function ulid(millis: number, random: SeededRandom): string {
  const time = Array.from({ length: 10 }, (_, index) => CROCKFORD[Math.floor(millis / 32 ** (9 - index)) % 32]);
  return [...time, ...Array.from({ length: 16 }, () => CROCKFORD[random.below(32)])].join('');
}
