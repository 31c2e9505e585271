/** A number exactly: `digits` times ten to the power of `exponent`. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** Reads a sign, digits, a point with digits behind it, and an exponent: all may be left out, but one digit there is. */
export function parseDecimal(text: string): Decimal | undefined {
  const found = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/.exec(text);
  const [, sign, whole = '', fraction = '', exponent = '0'] = found ?? [];
  if (whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, exponent: Number(exponent) - fraction.length };
}

/** An exponent with which a number is beyond all time, or less than a millisecond, whatever digits it has. */
const FAR = 10_000;

/** The number times ten to the power of `shift`, cut to a whole one; undefined where it is beyond all time. */
export function cut({ digits, exponent }: Decimal, shift: number): bigint | undefined {
  const power = exponent + shift;
  if (digits === 0n || power < -FAR) return 0n;
  if (power > FAR) return undefined;
  return power >= 0 ? digits * 10n ** BigInt(power) : digits / 10n ** BigInt(-power);
}

/** A number that DynamoDB can hold: 38 digits, the first of them at most at 1e125 and at least at 1e-130. */
export function isHeld({ digits, exponent }: Decimal): boolean {
  if (digits === 0n) return true;
  const written = `${digits < 0n ? -digits : digits}`;
  const first = written.length - 1 + exponent;
  return written.replace(/0+$/, '').length <= 38 && first <= 125 && first >= -130;
}

export function add(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  const whole = (one: Decimal) => one.digits * 10n ** BigInt(one.exponent - exponent);
  return { digits: whole(a) + whole(b), exponent };
}

/** Without exponent and without zeros that say nothing. */
export function formatDecimal({ digits, exponent }: Decimal): string {
  if (digits === 0n) return '0';
  const sign = digits < 0n ? '-' : '';
  const text = `${digits < 0n ? -digits : digits}${'0'.repeat(Math.max(0, exponent))}`;
  if (exponent >= 0) return sign + text;
  const padded = text.padStart(1 - exponent, '0');
  const fraction = padded.slice(exponent).replace(/0+$/, '');
  return sign + padded.slice(0, exponent) + (fraction === '' ? '' : `.${fraction}`);
}
