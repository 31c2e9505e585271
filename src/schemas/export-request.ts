import * as z from 'zod';
import { parseDay } from '../domain/utc-day.ts';

/*
 * What the Export Lambda is invoked with: nightly by the schedule, the others by hand.
 *
 *   { "mode": "incremental" }
 *   { "mode": "backfill", "backfillStartDate": "2024-01-01" }
 *   { "mode": "replay", "from": "2024-11-18", "to": "2024-11-20" }     both inclusive
 */
const day = z.string('a date YYYY-MM-DD').transform((text, context) => {
  const parsed = parseDay(text);
  if (parsed !== undefined) return parsed;
  context.issues.push({ code: 'custom', message: 'a date YYYY-MM-DD that exists', input: text });
  return z.NEVER;
});

const modes = z.discriminatedUnion(
  'mode',
  [
    z.strictObject({ mode: z.literal('incremental') }),
    z.strictObject({ mode: z.literal('backfill'), backfillStartDate: day }),
    z.strictObject({ mode: z.literal('replay'), from: day, to: day }),
  ],
  { error: 'an object whose mode is "incremental", "backfill" or "replay"' },
);

/** Days are given as UTC day numbers. */
export type ExportRequest = z.output<typeof modes>;

/** The schema of an export request as of a day: nothing can be counted of a day that has not ended. */
export const exportRequest = (today: number) =>
  modes.superRefine((request, context) => {
    if (request.mode === 'backfill' && request.backfillStartDate >= today) {
      context.addIssue({ code: 'custom', path: ['backfillStartDate'], message: 'a day before today (UTC)' });
    }
    if (request.mode === 'replay' && request.from > request.to) {
      context.addIssue({ code: 'custom', path: ['from'], message: 'a day not after "to"' });
    }
    if (request.mode === 'replay' && request.to >= today) {
      context.addIssue({ code: 'custom', path: ['to'], message: 'a day before today (UTC)' });
    }
  });
