/** An exact decimal number: `digits` × 10^-`places`. Immutable. */
export interface Decimal {
  readonly digits: bigint;
  /** Digits behind the point, from 0. */
  readonly places: number;
}

export const ZERO: Decimal = { digits: 0n, places: 0 };

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/**
 * DynamoDB's numbers have up to 38 digits and lie between 1E-130 and 9.9…9E+125.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
 */
const MAX_DIGITS = 38;
const MAX_EXPONENT = 125;
const MIN_EXPONENT = -130;

/** Reads a number as DynamoDB writes it; undefined where it is none that DynamoDB could hold. */
export function parseDecimal(text: string): Decimal | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  const written = whole + fraction;
  if (written === '') return undefined;
  const significant = written.replace(/^0+/, '').replace(/0+$/, '');
  if (significant === '') return ZERO;
  const leading = written.search(/[1-9]/);
  const exponentOfFirst = whole.length - leading - 1 + Number(exponent);
  if (significant.length > MAX_DIGITS || exponentOfFirst > MAX_EXPONENT || exponentOfFirst < MIN_EXPONENT)
    return undefined;
  const places = significant.length - 1 - exponentOfFirst;
  const digits = BigInt(sign === '-' ? `-${significant}` : significant);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

/** Reads what {@link formatDecimal} has written: a sum may have more digits than one of DynamoDB's numbers. */
export function readDecimal(text: string): Decimal {
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), places: fraction.length };
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places);
  return { digits: scaled(a, places) + scaled(b, places), places };
}

const scaled = ({ digits, places }: Decimal, to: number): bigint =>
  places === to ? digits : digits * 10n ** BigInt(to - places);

/** As text: no exponent, no zeros at the end behind the point, `0` for nought. */
export function formatDecimal({ digits, places }: Decimal): string {
  const negative = digits < 0n;
  const all = `${negative ? -digits : digits}`.padStart(places + 1, '0');
  const whole = all.slice(0, all.length - places);
  const fraction = all.slice(all.length - places).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
