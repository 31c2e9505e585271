/* Ids that sort by time, written of epoch milliseconds and of bits by chance. */

const BASE_32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const KSUID_EPOCH_SECONDS = 1_400_000_000;

function inBase(value: bigint, alphabet: string, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= BigInt(alphabet.length)) {
    text = alphabet[Number(rest % BigInt(alphabet.length))] + text;
  }
  return text;
}

const hex = (value: bigint, length: number): string => value.toString(16).padStart(length, '0');

export const idsOf = {
  /** @param chance 80 bits */
  ulid: (millis: number, chance: bigint): string => inBase((BigInt(millis) << 80n) | chance, BASE_32, 26),

  /** @param chance 74 bits */
  uuidv7: (millis: number, chance: bigint): string => {
    const time = hex(BigInt(millis), 12);
    const [a, variant, b] = [chance >> 62n, 8n | ((chance >> 60n) & 3n), chance & ((1n << 60n) - 1n)];
    const tail = hex(b, 15);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(a, 3)}-${hex(variant, 1)}${tail.slice(0, 3)}-${tail.slice(3)}`;
  },

  /** The nearest time that a KSUID can hold. @param chance 128 bits */
  ksuid: (millis: number, chance: bigint): string => {
    const seconds = Math.min(Math.max(Math.floor(millis / 1000) - KSUID_EPOCH_SECONDS, 0), 2 ** 32 - 1);
    return inBase((BigInt(seconds) << 128n) | chance, BASE_62, 27);
  },
};
