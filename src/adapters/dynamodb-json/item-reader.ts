import { isUtf8 } from 'node:buffer';
import type { ObservedRecord } from '../../domain/describe/observed.ts';
import type { ItemReader } from '../../pipeline/ports.ts';
import { observeRecord } from '../../schemas/observed-record.ts';
import { readLines } from './plain-lines.ts';

/** Reads whole items, each line with `JSON.parse`. */
export const itemReader: ItemReader = {
  async read(gzipped, visitor, maxRecords = Infinity) {
    let records = 0;
    const digest = await readLines(gzipped, (line) => {
      if (isBlank(line)) return true;
      if (records === maxRecords) return false;
      records++;
      const record = readRecord(line);
      if (record === undefined) visitor.malformed();
      else visitor.record(record);
      return true;
    });
    return { ...digest, records };
  },
};

const WHITE_SPACE = [0x20, 0x09, 0x0d];

const isBlank = (line: Buffer): boolean =>
  WHITE_SPACE.includes(line[0] ?? 0x20) && line.every((byte) => WHITE_SPACE.includes(byte));

function readRecord(line: Buffer): ObservedRecord | undefined {
  if (!isUtf8(line)) return undefined;
  try {
    return observeRecord(JSON.parse(line.toString('utf8')), line.length + 1);
  } catch {
    return undefined;
  }
}
