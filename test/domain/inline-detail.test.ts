import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inlineApps } from '../../src/domain/inline-detail.ts';

const anyApps = fc
  .array(fc.nat({ max: 200_000 }), { maxLength: 200 })
  .map((sizes) => sizes.map((detailBytes, index) => ({ app: `app-${index}`, detailBytes })));

describe('detail that stays in the items of a day', () => {
  it.each([
    ['one app of 60 KB', [60_000], ['app-0']],
    ['one app of 66 KB', [66_000], []],
    ['the largest goes out first', [40_000, 30_000, 10_000], ['app-1', 'app-2']],
    [
      'what has room in the unit of its record costs nothing',
      Array(500).fill(380),
      Array.from({ length: 500 }, (_, n) => `app-${n}`),
    ],
  ])('%s', (_what, sizes: number[], inline: string[]) => {
    const apps = sizes.map((detailBytes, index) => ({ app: `app-${index}`, detailBytes }));
    expect([...inlineApps(apps, 64)].sort()).toEqual(inline.sort());
  });

  it('is all of it where there is no budget', () =>
    fc.assert(
      fc.property(anyApps, (apps) => {
        expect(inlineApps(apps, Number.POSITIVE_INFINITY).size).toBe(apps.length);
      }),
    ));

  it('never takes more write units than the budget has, and leaves none out that is smaller than one that stays', () =>
    fc.assert(
      fc.property(anyApps, fc.nat({ max: 100 }), (apps, budgetKb) => {
        const inline = inlineApps(apps, budgetKb);
        const stays = apps.filter(({ app }) => inline.has(app));
        const unitsOf = (bytes: number) => Math.ceil((640 + bytes) / 1024) - 1;
        expect(stays.reduce((sum, { detailBytes }) => sum + unitsOf(detailBytes), 0)).toBeLessThanOrEqual(budgetKb);
        const largest = Math.max(0, ...stays.map(({ detailBytes }) => detailBytes));
        for (const { app, detailBytes } of apps)
          if (!inline.has(app)) expect(detailBytes).toBeGreaterThanOrEqual(largest);
      }),
    ));
});
