import { constants, crc32, deflateRawSync, gunzipSync, gzipSync, type ZlibOptions } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gunzipInKernel } from '../../support/gunzip-in-kernel.ts';
import { type SeededRandom, seededRandom } from '../../support/seeded-random.ts';

const random = seededRandom(1952);

const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, () => random.below(256)));
const letters = (length: number): Buffer => Buffer.from(Array.from({ length }, () => 0x61 + random.below(5)));
const json = (lines: number): Buffer =>
  Buffer.from(
    Array.from(
      { length: lines },
      () => `{"Item":{"id":{"S":"${random.next()}"},"n":{"N":"${random.below(99)}"}}}\n`,
    ).join(''),
  );
/** Copies from near and far, of every length, some of which overlap themselves. */
const echoes = (length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const distance = random.chance(0.5) ? 1 + random.below(20) : 1 + random.below(40_000);
    const size = Math.min(length - at, 1 + random.below(300));
    for (let end = at + size; at < end; at++) bytes[at] = bytes[at - distance] ?? random.below(256);
    if (at < length && random.chance(0.3)) bytes[at++] = random.below(256);
  }
  return bytes;
};

const samples: readonly (readonly [string, Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.from('x')],
  ['zeros', Buffer.alloc(300_000)],
  ['noise', noise(120_000)],
  ['few letters', letters(150_000)],
  ['JSON lines', json(4000)],
  ['echoes', echoes(250_000)],
  ['noise between zeros', Buffer.concat([Buffer.alloc(70_000), noise(3000), Buffer.alloc(70_000), noise(70_000)])],
];

const { Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED, Z_FILTERED, Z_DEFAULT_STRATEGY } = constants;
const forms: readonly ZlibOptions[] = [
  ...Array.from({ length: 10 }, (_, level) => ({ level })),
  ...[Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED, Z_FILTERED].map((strategy) => ({ strategy })),
  ...[9, 10, 12].map((windowBits) => ({ windowBits, strategy: Z_DEFAULT_STRATEGY })),
  ...[1, 2, 3].map((memLevel) => ({ memLevel })),
];

function cut(bytes: Buffer, most: number, by: SeededRandom = random): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += parts.at(-1)?.length ?? 0) {
    parts.push(bytes.subarray(at, at + 1 + by.below(most)));
  }
  return parts;
}

/** Compared as buffers: vitest's own comparison of large ones takes seconds. */
const same = (found: Buffer, expected: Buffer): void => expect(found.equals(expected)).toBe(true);

describe('what zlib has written is read', () => {
  it.each(samples)('%s', (_, sample) => {
    for (const form of forms) {
      const gzipped = gzipSync(sample, form);
      same(gunzipInKernel([gzipped]), sample);
      same(gunzipInKernel(cut(gzipped, 3000), 400), sample);
    }
  });

  it('in chunks of one byte', () => {
    for (const [, sample] of samples) {
      const part = sample.subarray(0, 20_000);
      same(gunzipInKernel(cut(gzipSync(part), 1)), part);
    }
  });

  it('in many members, some of them empty, in any form', () => {
    for (let run = 0; run < 30; run++) {
      const parts = Array.from({ length: 1 + random.below(40) }, () => {
        const [, sample] = random.pick(samples);
        return sample.subarray(0, random.below(4000));
      });
      const gzipped = Buffer.concat(parts.map((part) => gzipSync(part, random.pick(forms))));
      same(gunzipInKernel(cut(gzipped, random.pick([5, 500, 50_000]))), Buffer.concat(parts));
    }
  });

  it('with blocks that are flushed, empty and stored', () => {
    const text = json(50);
    const flushed = (flush: number) => deflateRawSync(text, { finishFlush: flush });
    const body = Buffer.concat([
      flushed(constants.Z_SYNC_FLUSH),
      flushed(constants.Z_FULL_FLUSH),
      deflateRawSync(text, { level: 0 }),
    ]);
    const all = Buffer.concat([text, text, text]);
    same(gunzipInKernel(cut(member({ body, of: all }), 100)), all);
  });
});

interface Member {
  readonly flags?: number;
  readonly fields?: Buffer;
  readonly body: Buffer;
  readonly of: Buffer;
}

function member({ flags = 0, fields = Buffer.alloc(0), body, of }: Member): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(of), 0);
  trailer.writeUInt32LE(of.length, 4);
  return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]), fields, body, trailer]);
}

describe('headers', () => {
  const of = Buffer.from('a line\n');
  const body = deflateRawSync(of);
  const crcOf = (flags: number, fields: Buffer) => {
    const two = Buffer.alloc(2);
    two.writeUInt16LE(crc32(Buffer.concat([member({ flags, body, of }).subarray(0, 10), fields])) & 0xffff);
    return two;
  };
  const extra = Buffer.from([3, 0, 1, 2, 3]);
  const all = Buffer.concat([extra, Buffer.from('name\0'), Buffer.from('comment\0')]);

  it.each([
    ['a name', 8, Buffer.from('name\0')],
    ['a comment', 16, Buffer.from('\0')],
    ['an extra field', 4, extra],
    ['a checksum', 2, crcOf(2, Buffer.alloc(0))],
    ['everything', 30, Buffer.concat([all, crcOf(30, all)])],
    ['a name of 100,000 bytes', 8, Buffer.from(`${'n'.repeat(100_000)}\0`)],
  ])('with %s', (_, flags, fields) => {
    const gzipped = member({ flags, fields, body, of });
    same(gunzipSync(gzipped), of);
    same(gunzipInKernel([gzipped]), of);
    same(gunzipInKernel(cut(Buffer.concat([gzipped, gzipped]), 9)), Buffer.concat([of, of]));
  });

  it('a name that does not end is refused, not kept', () => {
    const endless = Array.from({ length: 10 }, () => Buffer.alloc(100_000, 'n'));
    expect(() =>
      gunzipInKernel([member({ flags: 8, body: endless[0] as Buffer, of }).subarray(0, -8), ...endless]),
    ).toThrow('too long');
  });

  it('zeros behind the last member mean nothing', () => {
    const padded = Buffer.concat([gzipSync(of), Buffer.alloc(500), Buffer.from('anything')]);
    same(gunzipInKernel([padded]), gunzipSync(padded));
    same(gunzipInKernel(cut(padded, 3)), of);
  });
});

describe('damage', () => {
  /** The bytes, or the beginning of the error's code. */
  const outcome = (read: () => Buffer): string => {
    try {
      return read().toString('base64');
    } catch (error) {
      return `error ${String((error as NodeJS.ErrnoException).code).slice(0, 2)}`;
    }
  };
  const compare = (gzipped: Buffer): void => {
    const expected = outcome(() => gunzipSync(gzipped));
    if (expected.startsWith('error')) expect(expected).toBe('error Z_');
    expect(outcome(() => gunzipInKernel([gzipped]))).toBe(expected);
    expect(outcome(() => gunzipInKernel(cut(gzipped, 40)))).toBe(expected);
  };
  const text = Buffer.concat([json(3), letters(90), Buffer.alloc(300), noise(20)]);
  const files = [{}, { level: 0 }, { strategy: Z_FIXED }, { strategy: Z_HUFFMAN_ONLY }, { memLevel: 1 }].map((form) =>
    Buffer.concat([gzipSync(text, form), gzipSync(text.subarray(0, 40), form)]),
  );

  it('a file cut off at any byte is refused, unless it ends with a member', () => {
    for (const file of files) for (let end = 0; end < file.length; end++) compare(file.subarray(0, end));
  });

  it('any bit turned is refused, or means what it means to zlib', () => {
    for (const file of files) {
      for (let bit = 0; bit < 8 * file.length; bit++) {
        const damaged = Buffer.from(file);
        damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
        compare(damaged);
      }
    }
  });

  it('bytes changed, lost and repeated at random', () => {
    for (let run = 0; run < 4000; run++) {
      const file = random.pick(files);
      const [from, to] = [random.below(file.length), random.below(file.length)];
      compare(Buffer.concat([file.subarray(0, from), noise(random.below(3)), file.subarray(to)]));
    }
  });

  it('noise in the place of compressed blocks', () => {
    for (let run = 0; run < 4000; run++) {
      compare(Buffer.concat([member({ body: noise(random.below(900)), of: text })]));
    }
  });

  it.each([
    ['no gzip', Buffer.from('no gzip at all'), 'incorrect header check'],
    ['another method', Buffer.from([0x1f, 0x8b, 7, 0, 0, 0, 0, 0, 0, 3]), 'unknown compression method'],
    ['a flag of the future', Buffer.from([0x1f, 0x8b, 8, 0x20, 0, 0, 0, 0, 0, 3]), 'unknown header flags set'],
    ['an end that is missing', gzipSync('x').subarray(0, -9), 'unexpected end of file'],
    ['another checksum', member({ body: deflateRawSync('x'), of: Buffer.from('y') }), 'incorrect data check'],
    ['nothing at all', Buffer.alloc(0), 'unexpected end of file'],
  ])('says what is wrong as zlib does: %s', (_, bytes, message) => {
    expect(() => gunzipSync(bytes)).toThrow(message);
    expect(() => gunzipInKernel([bytes])).toThrow(message);
  });
});

it('a copy from before its member is refused, though the bytes are there and the CRC is theirs', () => {
  // One block of fixed codes: three bytes from four before, and the end. What stands there is of the member in front.
  const copy = Buffer.of(0x03, 0x62, 0x00);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32('aaa'), 0);
  trailer.writeUInt32LE(3, 4);
  const header = gzipSync('').subarray(0, 10);
  const file = Buffer.concat([gzipSync('a'.repeat(300)), header, copy, trailer]);
  expect(() => gunzipSync(file)).toThrow('invalid distance too far back');
  expect(() => gunzipInKernel([file])).toThrow('invalid distance too far back');
});
