import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { CountingRules } from '../../domain/counting-rules.ts';
import type { AttributePath } from '../../domain/definition.ts';
import type { DataFileDigest, RecordReader, RecordVisitor } from '../../pipeline/ports.ts';
import { valueAt } from '../../schemas/attribute-view.ts';
import type { ProjectedImage } from '../../schemas/export-record.ts';

/** Reads each line with `JSON.parse`: the plain form of the rules, which any faster reader must agree with. */
export const plainReader: RecordReader = {
  async read(gzipped, rules, visitor): Promise<DataFileDigest> {
    const md5 = createHash('md5');
    const digest = { records: 0, compressedBytes: 0, bytes: 0 };
    const tapped = tap(gzipped, (chunk) => {
      md5.update(chunk);
      digest.compressedBytes += chunk.length;
    });
    let line = 0;
    for await (const bytes of splitLines(gunzip(tapped, digest))) {
      line++;
      if (readLine(bytes, line, rules, visitor)) digest.records++;
    }
    return { ...digest, md5: md5.digest('base64'), slowPathRecords: digest.records };
  },
};

async function* tap(chunks: AsyncIterable<Uint8Array>, see: (chunk: Uint8Array) => void) {
  for await (const chunk of chunks) {
    see(chunk);
    yield chunk;
  }
}

async function* gunzip(gzipped: AsyncIterable<Uint8Array>, digest: { bytes: number }): AsyncGenerator<Buffer> {
  const source = Readable.from(gzipped, { objectMode: false });
  const inflated = createGunzip({ chunkSize: 1 << 20 });
  source.once('error', (error) => inflated.destroy(error));
  for await (const chunk of source.pipe(inflated)) {
    digest.bytes += (chunk as Buffer).length;
    yield chunk as Buffer;
  }
}

const NEWLINE = 0x0a;

/** Splits at newlines, which cannot stand inside of JSON. A last line without one is a line too. */
async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, end)]);
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}

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
