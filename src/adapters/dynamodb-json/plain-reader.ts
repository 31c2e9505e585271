import { isUtf8 } from 'node:buffer';
import type { CountingRules } from '../../domain/counting-rules.ts';
import type { AttributePath } from '../../domain/definition.ts';
import type { DataFileDigest, RecordReader, RecordVisitor } from '../../pipeline/ports.ts';
import { valueAt } from '../../schemas/attribute-view.ts';
import type { ProjectedImage } from '../../schemas/export-record.ts';
import { readLines } from './plain-lines.ts';

/** Reads each line with `JSON.parse`: the plain form of the rules, which any faster reader must agree with. */
export const plainReader: RecordReader = {
  async read(gzipped, rules, visitor): Promise<DataFileDigest> {
    let [line, records] = [0, 0];
    const digest = await readLines(gzipped, (bytes) => {
      line++;
      if (readLine(bytes, line, rules, visitor)) records++;
      return true;
    });
    return { ...digest, records, slowPathRecords: records };
  },
};

/** JSON's white space, newline aside: a line of nothing else is no record. */
const BLANK = /^[ \t\r]*$/;

/** @returns whether the line is a record */
export function readLine(bytes: Buffer, line: number, rules: CountingRules, visitor: RecordVisitor): boolean {
  if (!isUtf8(bytes)) {
    visitor.malformed(line, 'line.utf8');
    return true;
  }
  const text = bytes.toString('utf8');
  if (BLANK.test(text)) return false;
  readText(text, line, rules, visitor);
  return true;
}

function readText(text: string, line: number, { definition }: CountingRules, visitor: RecordVisitor): void {
  const record = parse(text);
  if (record === undefined) visitor.malformed(line, 'line.json');
  else if (!isObject(record)) visitor.malformed(line, 'line.object');
  else if (hasImage(record)) {
    const image = Object.hasOwn(record, 'Item') ? record.Item : record.NewImage;
    const old = Object.hasOwn(record, 'OldImage') ? project(record.OldImage, definition.attributes) : null;
    if (isObject(image)) visitor.record({ image: project(image, definition.attributes), old }, line);
    else visitor.malformed(line, 'image.object');
  } else if (Object.hasOwn(record, 'Keys') || Object.hasOwn(record, 'OldImage')) {
    const old = Object.hasOwn(record, 'OldImage') ? record.OldImage : record.Keys;
    visitor.record({ image: null, old: project(old, definition.attributes) }, line);
  } else visitor.malformed(line, 'image.missing');
}

const project = (image: unknown, attributes: readonly AttributePath[]): ProjectedImage =>
  attributes.map((path) => valueAt(image, path));

const hasImage = (record: object): boolean => Object.hasOwn(record, 'Item') || Object.hasOwn(record, 'NewImage');

/** @returns undefined where the text is not JSON (JSON itself has no undefined) */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
