import type { ActivityDefinition, TimeForm } from '../../domain/definition.ts';
import { type TimeReading, timeReadings } from '../../schemas/time-forms.ts';
import type { EpochUnit } from '../../schemas/timestamp.ts';

/** Reads an activity's time as the kernel tells it: epoch milliseconds, or undefined where there is no such time. */
export interface RowTime {
  readonly unit: EpochUnit;
  /** Of digits that are no plain whole number; of other text. */
  readonly number: TimeReading;
  readonly text: TimeReading;
}

const never: TimeReading = () => undefined;

/** The kernel has divided numbers of these by so much that they are milliseconds. */
const units: Partial<Record<TimeForm, EpochUnit>> = {
  epochSeconds: 'epochSeconds',
  epochMillis: 'epochMillis',
  epochMicros: 'epochMillis',
  epochNanos: 'epochMillis',
};

/** @returns undefined for an activity that bears no time */
export function rowTime({ at }: ActivityDefinition): RowTime | undefined {
  if (at === null) return undefined;
  const { N = never, S = never, hole = never } = timeReadings[at.as];
  const unit = units[at.as] ?? 'auto';
  return at.hole === null ? { unit, number: N, text: S } : { unit, number: hole, text: hole };
}
