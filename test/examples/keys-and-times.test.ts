import { expect, it } from 'vitest';
import { countChanges, type PlainItem } from '../support/examples.ts';

const SECONDS = Date.parse('2024-11-21T10:15:00Z') / 1000;

const inserted = (...items: readonly PlainItem[]) => items.map((item) => [null, item] as const);

it('a tenant as app', async () => {
  const invoice = (tenant: string, id: string, createdBy: string) =>
    ({ PK: `TENANT#${tenant}`, SK: `INVOICE#${id}`, createdBy, createdAt: SECONDS }) satisfies PlainItem;
  const { days, rejects } = await countChanges(
    'tenant-as-app.json',
    inserted(
      invoice('acme', '1', 'ada'),
      invoice('acme', '2', 'ada'),
      invoice('zeta', '1', 'ada'),
      invoice('#run', '1', 'ada'),
      { PK: 'TENANT#acme', SK: 'INVOICE#3', createdAt: SECONDS },
    ),
  );
  expect(days).toEqual({
    '2024-11-21': { acme: { users: 1, invoices: 2 }, zeta: { users: 1, invoices: 1 } },
  });
  expect(rejects).toEqual(['createdBy.missing']);
});

it('dates in keys', async () => {
  const { days, records, rejects } = await countChanges(
    'dates-in-keys.json',
    inserted(
      { PK: 'USER#ada', SK: 'VISIT#2024-11-21#a1' },
      { PK: 'USER#ada', SK: 'VISIT#2024-11-21#a2' },
      { PK: 'USER#ada', SK: 'VISIT#2024-11-20#a3' },
      { PK: 'USER#ada', SK: 'VISIT#2024-11-31#a4' },
      { PK: 'USER#grace', SK: 'SEARCH#2024-11-21T23:59:59Z' },
      { PK: 'USER#grace', SK: 'SEARCH#2024-11-21T23:59:59-01:00' },
    ),
  );
  expect(days).toEqual({ '2024-11-21': { all: { visitors: 1, visits: 2, searches: 1 } } });
  expect(records).toMatchObject({ counted: 3, outsideWindow: 2, malformed: 1 });
  expect(rejects).toEqual(['SK.format']);
});

it('ULIDs, UUIDs of version 7 and KSUIDs', async () => {
  // Made by the packages ulid, uuid and ksuid of 2024-11-21T10:00:00Z.
  const { days, rejects } = await countChanges(
    'ulids.json',
    inserted(
      { PK: 'USER#ada', SK: 'ORDER#01JD72M480A0R46F9PVAFPCZJM' },
      { PK: 'USER#ada', SK: 'ORDER#01jd72m480a0r46f9pvafpczjm' },
      { PK: 'USER#ada', SK: 'ORDER#81JD72M480A0R46F9PVAFPCZJM' },
      { PK: 'USER#ada', SK: 'MESSAGE#01934e2a-1100-760f-8d04-df3d46bb632d' },
      { PK: 'USER#ada', SK: 'UPLOAD#1', uploadId: '2p9fR6Hwv0RceaFSBCcE0zpbqhR' },
    ),
  );
  expect(days).toEqual({ '2024-11-21': { all: { orders: 2, messages: 1, uploads: 1 } } });
  expect(rejects).toEqual(['SK.format']);
});

it('test users left out', async () => {
  const order = (user: string, id: string, more: PlainItem = {}) =>
    ({ PK: `USER#${user}`, SK: `ORDER#${id}`, createdAt: SECONDS, ...more }) satisfies PlainItem;
  const { days, records } = await countChanges(
    'without-test-users.json',
    inserted(
      order('ada', '1'),
      order('ada', '2', { isTest: false, email: 'ada@example.com', channel: 'web' }),
      order('robot', '3', { isTest: true }),
      order('quinn', '4', { email: 'qa+7@example.com' }),
      order('sam', '5', { channel: 'staging' }),
    ),
  );
  expect(days).toEqual({ '2024-11-21': { all: { customers: 1, orders: 2 } } });
  expect(records).toMatchObject({ counted: 2, ignored: 3 });
});

it("Python's date-times", async () => {
  const { days, rejects } = await countChanges(
    'python-date-times.json',
    inserted(
      // datetime.utcnow().isoformat(): no fraction where there are no microseconds.
      { PK: 'USER#ada', SK: 'RIDE#1', created_at: '2024-11-21T10:15:00.678901' },
      { PK: 'USER#ada', SK: 'RIDE#2', created_at: '2024-11-21T10:15:00' },
      // str(datetime)
      { PK: 'USER#ada', SK: 'RIDE#3', created_at: '2024-11-21 10:15:00.678901' },
      { PK: 'USER#ada', SK: 'RIDE#4', created_at: '2024-11-21T10:15:00+00:00' },
      // PynamoDB's UTCDateTimeAttribute
      { PK: 'USER#ada', SK: 'RATING#1', created_at: '2024-11-21T10:15:00.678901+0000' },
      // datetime.now(timezone.utc).isoformat(), Decimal(str(time.time()))
      { PK: 'USER#ada', SK: 'LOGIN#1', created_at: '2024-11-21T10:15:00.678901+00:00' },
      { PK: 'USER#ada', SK: 'LOGIN#2', created_at: 1732184100.678901 },
    ),
  );
  expect(days).toEqual({ '2024-11-21': { all: { riders: 1, rides: 3, ratings: 1, logins: 2 } } });
  expect(rejects).toEqual(['created_at.format']);
});
