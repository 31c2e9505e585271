import { expect, it } from 'vitest';
import { doubtsOf } from '../../src/domain/doubts.ts';

const records = (counted: number, malformed = 0, deleted = 0, ignored = 0) => ({
  ...{ read: counted + malformed + deleted + ignored, counted, ignored, deleted, outsideWindow: 0, malformed },
});

it.each<[string, ReturnType<typeof records>, number | null, string[]]>([
  ['all counted', records(10), 0, []],
  ['nothing there', records(0), null, []],
  ['a quiet day on which items were deleted', records(0, 0, 5), 0, []],
  ['items of other kinds alone', records(0, 0, 0, 5), 0, ['nothingCounted']],
  ['half of them malformed', records(5, 5), null, []],
  ['more than half malformed', records(5, 6), null, ['mostlyMalformed']],
  ['all malformed', records(0, 6), null, ['nothingCounted', 'mostlyMalformed']],
  ['one in a hundred late', records(990), 10, []],
  ['few, if most of them', records(1), 9, []],
  ['more of them late', records(980), 11, ['manyLate']],
])('%s', (_, counts, late, codes) => {
  expect(doubtsOf(counts, late).map(({ code }) => code)).toEqual(codes);
});
