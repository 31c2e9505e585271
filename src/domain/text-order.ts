/**
 * Orders text by code point, which is the order of its UTF-8 bytes: that of DynamoDB's sort keys, of SQL engines and of
 * most languages, on every machine whatever its locale. JavaScript's own `<` differs beyond the basic plane.
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others, but lie below U+E000 as code units: the two change places. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** Orders map entries by key. */
export const byKey = <V>([a]: readonly [string, V], [b]: readonly [string, V]): number => compareText(a, b);
