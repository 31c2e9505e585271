import { Kernel } from '../../src/adapters/dynamodb-json/kernel.ts';
import { LineScanner } from '../../src/adapters/dynamodb-json/line-scanner.ts';
import { readLine } from '../../src/adapters/dynamodb-json/plain-reader.ts';
import type { RecordVisitor } from '../../src/pipeline/ports.ts';
import {
  judgeNumbered,
  judgeRecord,
  numberOfApp,
  numberOfUser,
  type RecordJudgement,
} from '../../src/schemas/export-record.ts';

/** What readers have said: line by line, and how often where they do not say which line. */
export interface Outcomes {
  readonly byLine: Map<number, string>;
  ignored: number;
  deleted: number;
}

/** Writes down what a reader says and what zod makes of it. */
export function recorder(): { outcomes: Outcomes; visitor: RecordVisitor } {
  const outcomes: Outcomes = { byLine: new Map(), ignored: 0, deleted: 0 };
  const note = (line: number, outcome: string): void => {
    if (outcomes.byLine.has(line)) throw new Error(`line ${line} is told of twice`);
    outcomes.byLine.set(line, outcome);
  };
  const judged = (judgement: RecordJudgement, line: number): void => {
    if (judgement.kind === 'ignored') outcomes.ignored++;
    else note(line, JSON.stringify(judgement));
  };
  const apps: string[] = [];
  const users: string[] = [];
  const names = { app: (name: string) => apps.push(name) - 1, user: (userId: string) => users.push(userId) - 1 };
  const visitor: RecordVisitor = {
    app: (name) => numberOfApp(names, name),
    user: (userId) => numberOfUser(names, userId),
    activity: (parts, line) => {
      const judgement = judgeNumbered(parts);
      if (judgement.kind === 'malformed') return judged(judgement, line);
      const { type, app, user, day } = judgement.activity;
      const activity = { type, app: apps[app] as string, userId: users[user] as string, day };
      judged({ kind: 'activity', activity }, line);
    },
    image: (image, line) => judged(judgeRecord(image), line),
    ignored: (records) => {
      outcomes.ignored += records;
    },
    deleted: (records) => {
      outcomes.deleted += records;
    },
    malformed: (line, reason) => note(line, reason),
  };
  return { outcomes, visitor };
}

const kernel = new Kernel();

/** What is made of one line, in a word. */
const inAWord = ({ byLine, ignored, deleted }: Outcomes): string =>
  byLine.get(1) ?? (ignored === 1 ? 'ignored' : deleted === 1 ? 'deleted' : 'blank');

export function fastOutcome(line: Buffer): string {
  const { outcomes, visitor } = recorder();
  const scanner = new LineScanner(kernel, visitor);
  push(scanner, line);
  scanner.end();
  return inAWord(outcomes);
}

/** Gives a scanner bytes as the inflater does, in pieces as large as there is room for. */
export function push(scanner: LineScanner, bytes: Buffer): void {
  for (let from = 0; from < bytes.length; ) {
    const { at, end } = scanner.makeRoom();
    const part = bytes.subarray(from, from + end - at);
    scanner.kernel.bytes.set(part, at);
    scanner.read(part.length);
    from += part.length;
  }
}

export function plainOutcome(line: Buffer): string {
  const { outcomes, visitor } = recorder();
  readLine(line, 1, visitor);
  return inAWord(outcomes);
}

/**
 * What should be made of a line: what `JSON.parse` makes of it, or, where it refuses only for the inside of a value
 * that is skipped, what it makes of the line with those values emptied.
 */
export function expectedOutcome(line: Buffer): string {
  const strict = plainOutcome(line);
  if (strict !== 'line.json' || fastOutcome(line) === strict) return strict;
  const skeleton = emptied(line.toString('utf8'));
  return skeleton === undefined ? strict : plainOutcome(Buffer.from(skeleton));
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]]|[^"{}[\]]+|"/gs;
const PLAIN_VALUE = /^\{"[SN]":"[^"\\]*"\}$/;
const COUNTS = ['"modelId"', '"owner"', '"createdAt"', '"updatedAt"'];

/** The line with every value that need not be looked at as `{}`; undefined where its brackets or strings do not close. */
function emptied(text: string): string | undefined {
  const open: string[] = [];
  let [kept, key, value, valueDepth] = ['', '', '', 0];
  for (const token of text.match(TOKENS) ?? []) {
    if (token === '"' || (!token.startsWith('"') && token.includes('\\'))) return undefined;
    if (valueDepth === 0 && token === '{' && isValue(open.length, key)) valueDepth = open.length + 1;
    if (valueDepth > 0) value += token;
    else kept += token;
    if (token === '{' || token === '[') open.push(token);
    if ((token === '}' && open.pop() !== '{') || (token === ']' && open.pop() !== '[')) return undefined;
    if (valueDepth === 0 && token.startsWith('"')) key = token;
    if (open.length < valueDepth) {
      kept += COUNTS.includes(key) && PLAIN_VALUE.test(value) ? value : '{}';
      [value, valueDepth] = ['', 0];
    }
  }
  return open.length === 0 ? kept : undefined;
}

const isValue = (depth: number, key: string): boolean =>
  depth === 2 || (depth === 1 && key !== '"Item"' && key !== '"NewImage"');
