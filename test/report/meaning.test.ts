import { describe, expect, it } from 'vitest';
import type { ActivityInput, MetricInput } from '../../src/domain/define-table.ts';
import { meaningsOf } from '../../src/report/meaning.ts';
import { parseDefinition } from '../../src/schemas/definition.ts';

const definitionOf = (activities: Record<string, ActivityInput>, metrics: Record<string, MetricInput>) =>
  parseDefinition({ version: 1, separator: '#', activities, metrics }, 'test');

const order = { is: { PK: 'USER#${user}', SK: 'ORDER#${order}' }, at: 'createdAt' };
const buyers = { of: 'order', measure: 'distinctUsers' } as const;
const before = definitionOf({ order }, { buyers });

/** Whether "buyers" is counted alike by both. */
const isAlike = (after: ReturnType<typeof definitionOf>): boolean => {
  const meaningOf = meaningsOf([before, after]);
  return meaningOf(before.hash, 'buyers') === meaningOf(after.hash, 'buyers');
};

describe('what a metric means', () => {
  it('stays the same where another metric or activity comes beside it, or it is called otherwise', () => {
    const visit = { is: { PK: 'USER#${user}', SK: 'VISIT' }, at: 'createdAt' };
    expect(isAlike(definitionOf({ order, visit }, { buyers, visits: { of: 'visit', measure: 'count' } }))).toBe(true);
    expect(
      isAlike(definitionOf({ order }, { buyers: { ...buyers, title: 'Customers', cloudWatch: 'Customers' } })),
    ).toBe(true);
    expect(isAlike(definitionOf({ order: { at: order.at, is: order.is } }, { buyers }))).toBe(true);
  });

  it('is another where its activity or its measure is', () => {
    expect(isAlike(definitionOf({ order: { ...order, on: 'insert' } }, { buyers }))).toBe(false);
    expect(isAlike(definitionOf({ order }, { buyers: { of: 'order', measure: 'count' } }))).toBe(false);
  });

  it('is not known of a definition of which there is only a hash', () => {
    const meaningOf = meaningsOf([before]);
    expect(meaningOf('0123456789abcdef', 'buyers')).toBe('0123456789abcdef');
  });
});
