import fc from 'fast-check';

/** An object whose keys are some of these, in any order; `__proto__` is a key like any other. */
export const objectOf = <V>(
  keys: readonly string[],
  value: fc.Arbitrary<V>,
  minLength: number,
  maxLength: number,
): fc.Arbitrary<Record<string, V>> =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), value), { minLength, maxLength, selector: ([key]) => key })
    .map((entries) => Object.fromEntries(entries));
