import { parseDefinition } from '../../src/schemas/definition.ts';
import type { Image, ImagePair } from './count.ts';

/*
 * A table of another kind than the games': activities that only changes tell, sums, one activity without a user and one
 * without a time. What an export cannot tell of them is null.
 */
export const shop = parseDefinition(
  {
    version: 1,
    separator: '#',
    app: 'web',
    activities: {
      order: {
        is: { PK: 'USER#${user}', SK: 'ORDER#${order}' },
        at: 'createdAt',
        on: 'insert',
      },
      refund: {
        is: { PK: 'USER#${user}', SK: 'ORDER#${order}' },
        at: { attribute: 'refundedAt', as: 'dateTime' },
        on: { becomes: { status: 'refunded' } },
      },
      profile: { is: { PK: 'USER#${user}', SK: 'PROFILE' }, at: 'updatedAt' },
      visit: { is: { PK: 'VISIT#${app}#${id}' } },
    },
    metrics: {
      buyers: { of: 'order', measure: 'distinctUsers' },
      revenue: { of: 'order', measure: { sum: 'total' }, description: 'Of orders placed, before refunds' },
      taxes: { of: 'order', measure: { sum: 'tax' } },
      refunds: { of: 'refund', measure: 'countPerUser' },
      refunded: { of: 'refund', measure: { sum: 'total' } },
      profiles: { of: 'profile', measure: 'distinctUsers' },
      visits: { of: 'visit', measure: 'count' },
    },
  },
  'the shop',
);

const S = (text: string) => ({ S: text });
const N = (digits: string | number) => ({ N: `${digits}` });

/** An order as it is placed; `total` and `tax` are digits as DynamoDB writes them. */
export const placed = (user: string, order: string, at: number, total: string, tax = '0'): ImagePair => ({
  image: orderOf(user, order, at, total, tax),
  old: null,
});

/** An order that was placed before and is paid back now. */
export const paidBack = (user: string, order: string, at: string, total: string): ImagePair => ({
  image: { ...orderOf(user, order, 0, total, '0'), status: S('refunded'), refundedAt: S(at) },
  old: orderOf(user, order, 0, total, '0'),
});

const orderOf = (user: string, order: string, at: number, total: string, tax: string): Image => ({
  PK: S(`USER#${user}`),
  SK: S(`ORDER#${order}`),
  status: S('paid'),
  createdAt: N(at),
  total: N(total),
  tax: N(tax),
});

/** A user's profile as it was last saved. */
export const profile = (user: string, at: number): ImagePair => ({
  image: { PK: S(`USER#${user}`), SK: S('PROFILE'), updatedAt: N(at) },
  old: null,
});

/** Somebody looked at an app: nobody knows who, and the item does not say when. */
export const visit = (app: string, id: string): ImagePair => ({
  image: { PK: S(`VISIT#${app}#${id}`) },
  old: null,
});

/** A line of an incremental export. */
export const incrementalLine = ({ image, old }: ImagePair): string =>
  JSON.stringify({ Keys: {}, ...(old && { OldImage: old }), ...(image && { NewImage: image }) });

/** A line of a full export. */
export const fullLine = ({ image }: ImagePair): string => JSON.stringify({ Item: image });
