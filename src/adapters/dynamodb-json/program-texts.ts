import type { ActivityDefinition } from '../../domain/definition.ts';
import { type Hole as HoleOfTemplate, holesOf, isHole, type Template } from '../../domain/template.ts';
import type { ByteWriter } from './byte-writer.ts';
import { Header, Hole, Literal, Spans } from './kernel/codes.ts';

const SPAN_BYTES = 8;
const HEAD_BYTES = 8;

export function writeLiteral(out: ByteWriter, text: string): void {
  const bytes = Buffer.from(text);
  const at = out.length;
  out.u32(bytes.length, 0);
  writeHead(out, bytes);
  out.bytes(bytes.subarray(HEAD_BYTES));
  out.align(8);
  out.setU32(at + Literal.BYTES, out.length - at);
}

/** The first 8 bytes, and a mask of them. */
export function writeHead(out: ByteWriter, bytes: Buffer): void {
  const head = bytes.subarray(0, HEAD_BYTES);
  const padding = Buffer.alloc(HEAD_BYTES - head.length);
  out.bytes(Buffer.concat([head, padding, Buffer.alloc(head.length, 0xff), padding]));
}

/** Writes the templates of an activity, in the order in which the kernel compares them. */
export class TemplateWriter {
  /** Names of holes that the templates written so far fill. */
  readonly #filled = new Set<string>();
  /** Those that have a span of their own. */
  readonly #kept: readonly string[];

  constructor(
    readonly out: ByteWriter,
    activity: ActivityDefinition,
  ) {
    this.#kept = keptHoles(activity);
  }

  /** Where the span of what a hole takes is. */
  spanOf(hole: string): number {
    if (hole === 'app') return Header.SPANS + Spans.APP;
    if (hole === 'user') return Header.SPANS + Spans.USER;
    const index = this.#kept.indexOf(hole);
    return Header.SPANS + (index === -1 ? Spans.ELSE : Spans.HOLES + SPAN_BYTES * index);
  }

  /** The literal that it begins with, if any, then holes, each with the literal behind it. */
  write({ parts }: Template): void {
    const [first = ''] = parts;
    writeLiteral(this.out, isHole(first) ? '' : first);
    for (const [index, part] of parts.entries()) {
      if (isHole(part)) this.#hole(part, parts[index + 1] as string | undefined);
    }
  }

  #hole({ name, without }: HoleOfTemplate, behind: string | undefined): void {
    const { out } = this;
    const at = out.length;
    out.u32(0, this.spanOf(name), 0);
    out.u8(this.#filled.has(name) ? 1 : 0, behind === undefined ? 1 : 0);
    out.align(8);
    writeLiteral(out, behind ?? '');
    // What stands in front of the first such literal has none in it, and so nothing that it is a part of.
    if (without !== '' && (behind === undefined || !without.includes(behind))) {
      out.setU32(at + Hole.WITHOUT, out.length - at);
      writeLiteral(out, without);
    }
    out.setU32(at + Hole.BYTES, out.length - at);
    this.#filled.add(name);
  }
}

/** How much room the spans of these activities take, one after the other. */
export const spanBytesOf = (activities: readonly ActivityDefinition[]): number =>
  Spans.HOLES + SPAN_BYTES * Math.max(0, ...activities.map((activity) => keptHoles(activity).length));

/** Holes whose text is the time, or has to be the same where they are named again. */
function keptHoles({ is, read, at }: ActivityDefinition): readonly string[] {
  const templates = is.flatMap(({ condition }) => (condition.kind === 'template' ? [condition.template] : []));
  const names = [...templates, ...read.map(({ template }) => template)].flatMap(holesOf).map(({ name }) => name);
  const kept = names.filter((name, index) => name === at?.hole || names.indexOf(name) !== index);
  return [...new Set(kept)].filter((name) => name !== 'app' && name !== 'user');
}
