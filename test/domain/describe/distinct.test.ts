import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DistinctCounter } from '../../../src/domain/describe/distinct.ts';

function counterOf(texts: Iterable<string>): DistinctCounter {
  const counter = new DistinctCounter();
  for (const text of texts) counter.add(text);
  return counter;
}

function* ids(count: number): Generator<string> {
  for (let n = 0; n < count; n++) yield `user-${n}`;
}

describe('how many different texts there are', () => {
  it('is exact where they are few', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 60 }), (texts) => {
        expect(counterOf([...texts, ...texts])).toMatchObject({ estimate: new Set(texts).size, isExact: true });
      }),
    );
  });

  it.each([100, 1000, 100_000])('is about right where they are many: %i', (count) => {
    const { estimate, isExact } = counterOf(ids(count));
    expect(isExact).toBe(false);
    expect(estimate / count).toBeGreaterThan(0.6);
    expect(estimate / count).toBeLessThan(1.6);
  });

  it('does not depend on how the texts are parted', () => {
    const all = [...ids(5000)];
    const parts = [all.slice(2500), all.slice(0, 3000)].map(counterOf);
    const [joined, other] = parts;
    if (other !== undefined) joined?.merge(other);
    expect(joined?.estimate).toBe(counterOf(all).estimate);
  });
});
