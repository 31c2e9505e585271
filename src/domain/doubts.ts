import type { RecordCounts } from './record-counts.ts';

/** What makes the numbers of an export doubtful as a whole: the definition or the export is likely not what was meant. */
export interface Doubt {
  readonly code: 'nothingCounted' | 'mostlyMalformed' | 'manyLate';
  /** A sentence without its stop. */
  readonly what: string;
  readonly remedy: string;
}

/** Of the activities that an export holds, late ones among them: more are no stragglers. */
const MANY_LATE_PERCENT = 1;
/** Fewer say nothing, whatever their share. */
const FEWEST_LATE = 10;

const TRY_IT = 'try the definition on it: daytally check <definition> <export>';

const nothingCounted: Doubt = {
  code: 'nothingCounted',
  what: 'NOTHING was counted of an export that has items',
  remedy: TRY_IT,
};

const mostlyMalformed: Doubt = {
  code: 'mostlyMalformed',
  what: 'MORE THAN HALF of the records are malformed',
  remedy: `the reasons name the attributes that are not as the definition wants them; ${TRY_IT}`,
};

const manyLate: Doubt = {
  code: 'manyLate',
  what: `MORE THAN ${MANY_LATE_PERCENT} % of the activities came after their day had been counted`,
  remedy:
    'items are written later than their time says, and no export of that time holds them: count them when they come, by "on": "insert" and no "at"',
};

/** @param late records of days before the window that no export of those days has held; null where that cannot be told */
export function doubtsOf({ read, counted, deleted, malformed }: RecordCounts, late: number | null): Doubt[] {
  return [
    ...(counted === 0 && read > deleted ? [nothingCounted] : []),
    ...(malformed * 2 > read ? [mostlyMalformed] : []),
    ...(late !== null && isMany(late, counted) ? [manyLate] : []),
  ];
}

const isMany = (late: number, counted: number): boolean =>
  late >= FEWEST_LATE && late * 100 > (counted + late) * MANY_LATE_PERCENT;
