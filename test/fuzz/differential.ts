import { gzipSync } from 'node:zlib';
import { simdReader } from '../../src/adapters/dynamodb-json/simd-reader.ts';
import type { CountingRules } from '../../src/domain/counting-rules.ts';
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts';
import { anyRules } from './definitions.ts';
import { anyLine } from './lines.ts';
import { expectedOutcome, fastOutcome, type Outcomes, push, recorder, scannerFor } from './outcomes.ts';

export interface FuzzReport {
  readonly lines: number;
  /** How the expected outcomes are spread: a generator that makes only rubbish would test little. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Of the lines, those that the kernel handed over. */
  readonly slowPath: number;
}

/** Lines that are read by one definition. */
const LINES_BY_ONE = 500;

/**
 * Reads random lines by random definitions with the fast reader and with `JSON.parse`: singly, in chunks cut anywhere, and
 * gzipped in several members.
 * @throws Error that shows the first line with a difference, and its definition
 */
export async function compareReaders(options: { readonly seed: number; readonly lines: number }): Promise<FuzzReport> {
  const random = seededRandom(options.seed);
  const report = { lines: 0, outcomes: {} as Record<string, number>, slowPath: 0 };
  while (report.lines < options.lines) {
    const rules = anyRules(random);
    const lines = Array.from({ length: Math.min(LINES_BY_ONE, options.lines - report.lines) }, () =>
      anyLine(rules, random),
    );
    const expected = lines.map((line) => expectLine(line, rules));
    for (const outcome of expected) report.outcomes[kindOf(outcome)] = (report.outcomes[kindOf(outcome)] ?? 0) + 1;
    const bytes = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
    const whole = random.chance(0.5) ? bytes : bytes.subarray(0, -1);
    report.slowPath += compareChunks(whole, expected, rules, random);
    await compareGzip(whole, expected, rules, random);
    report.lines += lines.length;
  }
  return report;
}

/** Outcomes of many definitions under few names. */
function kindOf(outcome: string): string {
  if (/^(ignored|deleted|blank|line\..*|image\..*|app\.reserved)$/.test(outcome)) return outcome;
  if (!outcome.includes(' ')) return `(attribute)${outcome.slice(outcome.lastIndexOf('.'))}`;
  return outcome.includes(', ') ? 'several activities' : 'one activity';
}

function expectLine(line: Buffer, rules: CountingRules): string {
  const expected = expectedOutcome(line, rules);
  const found = fastOutcome(line, rules);
  if (found === expected) return expected;
  const { definition, told, day } = rules;
  const where = `${JSON.stringify(line.toString())}\nby ${definition.json}\ntold ${told}, day ${day}`;
  throw new Error(`expected ${expected}, found ${found} for ${where}`);
}

function compareChunks(bytes: Buffer, expected: readonly string[], rules: CountingRules, random: SeededRandom): number {
  const { outcomes, visitor } = recorder(rules);
  const scanner = scannerFor(rules, visitor);
  for (const chunk of cut(bytes, random)) push(scanner, chunk);
  scanner.end();
  compare(outcomes, expected, scanner.records);
  return scanner.slowPathRecords;
}

async function compareGzip(
  bytes: Buffer,
  expected: readonly string[],
  rules: CountingRules,
  random: SeededRandom,
): Promise<void> {
  const { outcomes, visitor } = recorder(rules);
  const members = Buffer.concat(cut(bytes, random, MEMBER_BYTES).map((part) => gzipSync(part, { level: 1 })));
  const { records } = await simdReader.read(fromArray(cut(members, random)), rules, visitor);
  compare(outcomes, expected, records);
}

/** Sizes of chunks: smaller than a block, than a line, and larger than either. */
const CHUNK_BYTES = [7, 100, 5000, 100_000];
const MEMBER_BYTES = [20_000, 100_000];

function cut(bytes: Buffer, random: SeededRandom, sizes = CHUNK_BYTES): Buffer[] {
  const most = random.pick(sizes);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += parts.at(-1)?.length ?? 0) {
    parts.push(bytes.subarray(at, at + 1 + random.below(most)));
  }
  return random.chance(0.2) ? [...parts, Buffer.alloc(0)] : parts;
}

async function* fromArray(parts: readonly Buffer[]) {
  yield* parts;
}

function compare(found: Outcomes, expected: readonly string[], records: number): void {
  const count = (word: string): number => expected.filter((outcome) => outcome === word).length;
  const told = expected.flatMap((outcome, index) =>
    ['ignored', 'deleted', 'blank'].includes(outcome) ? [] : [`${index + 1} ${outcome}`],
  );
  const toldByReader = [...found.byLine].map(([line, outcome]) => `${line} ${outcome}`);
  same('lines', toldByReader.join('\n'), told.join('\n'));
  same('ignored', found.ignored, count('ignored'));
  same('deleted', found.deleted, count('deleted'));
  same('records', records, expected.length - count('blank'));
}

function same(what: string, found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`${what}: expected ${expected}, found ${found}`);
}
