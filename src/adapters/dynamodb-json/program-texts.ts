import type { ActivityDefinition } from '../../domain/definition.ts';
import { type Hole, holesOf, isHole, type Template } from '../../domain/template.ts';
import type { ByteWriter } from './byte-writer.ts';
import { Header, Kind, Literal, Spans, Step } from './kernel/codes.ts';

const SPAN_BYTES = 8;
export const HEAD_BYTES = Literal.MASK - Literal.HEAD;

/** What a text of an attribute begins with in the export's bytes; `isWhole`: what it is, as far as its closing quote. */
export function literalOf(text: string, isWhole = false): Buffer {
  // What JSON has to escape, the kernel leaves to others: a byte that no text has keeps it from taking anything else for it.
  if (JSON.stringify(text) !== `"${text}"`) return Buffer.alloc(1);
  return Buffer.from(isWhole ? `${text}"` : text);
}

export function writeLiteral(out: ByteWriter, bytes: Buffer): void {
  const head = bytes.subarray(0, HEAD_BYTES);
  const padding = Buffer.alloc(HEAD_BYTES - head.length);
  const at = out.length;
  out.u32(bytes.length, 0);
  out.bytes(Buffer.concat([head, padding, Buffer.alloc(head.length, 0xff), padding, bytes.subarray(HEAD_BYTES)]));
  out.align(8);
  out.setU32(at + Literal.BYTES, out.length - at);
}

/** Writes the holes of an activity's templates, in the order in which the kernel fills them. */
export class HoleWriter {
  /** Names of holes that what was written so far fills. */
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

  write({ parts }: Template): void {
    for (const [index, part] of parts.entries()) {
      if (isHole(part)) this.#hole(part, parts[index + 1] as string | undefined, index + 2 === parts.length);
    }
  }

  #hole({ name, without }: Hole, behind: string | undefined, isEnd: boolean): void {
    const { out } = this;
    const at = out.length;
    out.u8(Kind.HOLE, this.#filled.has(name) ? 1 : 0, behind === undefined ? 1 : 0, isEnd ? 1 : 0);
    out.u32(0, this.spanOf(name), 0);
    writeLiteral(out, Buffer.from(behind ?? ''));
    // What stands in front of the first such literal has none in it, and so nothing that it is a part of.
    if (without !== '' && (behind === undefined || !without.includes(behind))) {
      out.setU32(at + Step.WITHOUT, out.length - at);
      writeLiteral(out, Buffer.from(without));
    }
    out.setU32(at + Step.BYTES, out.length - at);
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
