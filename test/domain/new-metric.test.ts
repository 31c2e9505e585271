import { expect, it, vi } from 'vitest';

// A fifth row in the table of metrics, and no other change: users who joined a party, kept as a list of them.
vi.mock('../../src/domain/metrics.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/domain/metrics.ts')>();
  const rows = original.metrics as unknown as unknown[];
  rows.push({
    id: 'partyGuests',
    name: 'PartyGuests',
    title: 'Party guests',
    description: 'Distinct users who joined a party',
    counts: 'member',
    measure: 'distinctUsers',
    stored: { attribute: 'partyGuestIds', as: 'userIds' },
  });
  return original;
});

const { changedPoints } = await import('../../src/domain/metric-points.ts');
const { buildReport } = await import('../../src/report/report.ts');
const { toText } = await import('../../src/report/text-report.ts');
const { toPage } = await import('../../src/report/html/page.ts');
const { toCsv } = await import('../../src/report/rows.ts');
const { toRecordItem } = await import('../../src/adapters/aws/record-item.ts');
const { countImages, recordOf } = await import('../support/count.ts');
const { ledgerEntry } = await import('../support/ledger.ts');

const member = (user: string, party: string) => ({
  modelId: { S: `member-user-${user}` },
  owner: { S: `party-sudoku-${party}` },
  createdAt: { S: '2024-11-21T12:00:00Z' },
});
const day = 20_048;
const counts = countImages([member('ada', '1'), member('ada', '2'), member('grace', '1')], { from: day, to: day });
const record = recordOf(counts, day, 'sudoku');

it('a row in the table of metrics is all that a new metric needs in the record', () => {
  expect(record.summary).toMatchObject({ partiesJoined: 3, partyGuests: 2 });
  expect(record.detail).toMatchObject({ partyGuestIds: ['ada', 'grace'] });
  expect(toRecordItem(record)).toMatchObject({
    partyGuestIds: { L: [{ S: 'ada' }, { S: 'grace' }] },
    summary: { M: { partyGuests: { N: '2' } } },
  });
});

it('in the metric data', () => {
  expect(changedPoints(day, 'sudoku', record.summary, undefined)).toContainEqual({
    name: 'PartyGuests',
    app: 'sudoku',
    value: 2,
    timestamp: Date.parse('2024-11-21T00:00:00Z'),
  });
});

it('and in every form of the report', () => {
  const entry = ledgerEntry(day, new Map([['sudoku', record.summary]]));
  const now = Date.parse('2024-11-22T08:00:00Z');
  const report = buildReport({ entries: [entry], from: day, to: day, now, earliestRestorable: null });
  expect(toText(report)).toMatch(/Party guests[\s\S]*sudoku.* 2 /);
  expect(toCsv(report).split('\n')[0]).toContain('partyGuests');
  expect(toPage(report, { title: 'Games', theme: 'auto' })).toContain('Party guests');
});
