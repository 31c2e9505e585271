import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeForms } from '../../src/domain/definition.ts';
import { dayOfMillis } from '../../src/domain/utc-day.ts';
import { timeReadings } from '../../src/schemas/time-forms.ts';
import { timeTexts } from '../law/arbitraries/times.ts';
import { dayOf } from '../law/reading/time.ts';

const from = ['S', 'N', 'hole'] as const;

describe('a form of time', () => {
  it('is there for each that a definition may name', () => expect(Object.keys(timeReadings)).toEqual(timeForms));

  it.each([
    ['auto', ['S', 'N']],
    ['epochSeconds', ['N', 'hole']],
    ['epochMillis', ['N', 'hole']],
    ['epochMicros', ['N', 'hole']],
    ['epochNanos', ['N', 'hole']],
    ['dateTime', ['S', 'hole']],
    ['dateTimeWithoutZone', ['S', 'hole']],
    ['date', ['S', 'hole']],
    ['ulid', ['S', 'hole']],
    ['uuidv7', ['S', 'hole']],
    ['ksuid', ['S', 'hole']],
  ] as const)('%s is read from %j', (form, readable) => {
    expect(from.filter((place) => timeReadings[form][place] !== undefined)).toEqual(readable);
  });

  it.each([
    ['auto', 'N', '1732233600', 1_732_233_600_000],
    ['auto', 'N', '1732233600000', 1_732_233_600_000],
    ['auto', 'S', '2024-11-22T01:00:00+01:00', 1_732_233_600_000],
    ['epochSeconds', 'hole', '1732233600', 1_732_233_600_000],
    ['epochMillis', 'N', '1732233600000', 1_732_233_600_000],
    ['epochMicros', 'N', '1732233600000000', 1_732_233_600_000],
    ['epochNanos', 'hole', '1732233600000000000', 1_732_233_600_000],
    ['dateTime', 'hole', '2024-11-22T00:00:00Z', 1_732_233_600_000],
    ['dateTimeWithoutZone', 'S', '2024-11-22 00:00:00.000001', 1_732_233_600_000],
    ['date', 'hole', '2024-11-22', 1_732_233_600_000],
    ['ulid', 'S', '01ARYZ6S41TSV4RRFFQ69G5FAV', 1_469_918_176_385],
    ['uuidv7', 'hole', '017f22e2-79b0-7cc3-98c4-dc0c0c07398f', 1_645_557_742_000],
    ['ksuid', 'S', '0ujtsYcgvSTl8PAuAdqWYSMnLOv', 1_507_608_047_000],
  ] as const)('%s of %s "%s" is %d milliseconds', (form, place, text, millis) => {
    expect(timeReadings[form][place]?.(text)).toBe(millis);
  });

  it.each([
    ['auto', 'S', '1732233600'],
    ['auto', 'N', '2024-11-22T00:00:00Z'],
    ['date', 'S', '2024-11-22T00:00:00Z'],
    ['dateTime', 'S', '2024-11-22'],
    ['dateTime', 'S', '2024-11-22T00:00:00'],
    ['epochSeconds', 'hole', '2024-11-22'],
    ['ulid', 'S', '017f22e2-79b0-7cc3-98c4-dc0c0c07398f'],
    ['uuidv7', 'S', '01ARYZ6S41TSV4RRFFQ69G5FAV'],
    ['ksuid', 'S', '01ARYZ6S41TSV4RRFFQ69G5FAV'],
  ] as const)('%s of %s "%s" is none', (form, place, text) => {
    expect(timeReadings[form][place]?.(text)).toBeUndefined();
  });

  it.each(timeForms)('%s falls on the day that a plain reading finds', (form) =>
    fc.assert(
      fc.property(timeTexts(form), (text) => {
        for (const place of from) {
          const read = timeReadings[form][place];
          if (read === undefined) continue;
          const millis = read(text);
          expect(millis === undefined ? undefined : dayOfMillis(millis)).toBe(dayOf(text, form, place));
        }
      }),
      { numRuns: 500 },
    ));
});
