import { dayOfMillis } from '../../domain/utc-day.ts';
import { plural } from '../../report/format.ts';
import { DAYS_READ_BEFORE, nightsOf, remediesOf } from '../../report/nights.ts';
import type { DaySpan } from '../../report/widget.ts';
import type { LedgerSource } from '../ledger-source.ts';
import { type Check, type Found, problem, warning, well } from './findings.ts';

/** The nights that are looked at, and where they are written down. */
export interface Nights {
  readonly ledger: LedgerSource;
  readonly span: DaySpan;
  readonly now: number;
  /** How far back point-in-time recovery reaches, epoch milliseconds; null where that is not known. */
  earliestRestorable(): Promise<number | null>;
}

async function nights({ ledger, span, now, earliestRestorable }: Nights): Promise<Found> {
  const entries = await ledger.read({
    from: span.from - DAYS_READ_BEFORE,
    to: Math.max(span.to, dayOfMillis(now) - 1),
  });
  const calendar = nightsOf({ entries, ...span, now, earliestRestorable: await earliestRestorable() });
  const last = calendar.findLast(({ entry }) => entry !== undefined);
  if (last === undefined) return warning('no night has been finished yet', 'wait for 02:00 UTC');
  const missed = remediesOf(calendar).filter(({ state }) => state === 'missed');
  if (missed[0] === undefined) return well(`last finished ${last.date}, none missing`);
  const count = missed.reduce((sum, { nights: own }) => sum + own, 0);
  return problem(`last finished ${last.date}, ${plural(count, 'night')} missed`, missed[0].command);
}

export const nightsCheck: Check<Nights> = { name: 'nights', action: 'dynamodb:BatchGetItem', run: nights };
