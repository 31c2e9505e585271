import { Kernel } from '../../src/adapters/dynamodb-json/kernel.ts';
import { LineScanner } from '../../src/adapters/dynamodb-json/line-scanner.ts';
import { readLine } from '../../src/adapters/dynamodb-json/plain-reader.ts';
import { programOf } from '../../src/adapters/dynamodb-json/program.ts';
import type { Activity } from '../../src/domain/activity.ts';
import type { CountingRules } from '../../src/domain/counting-rules.ts';
import { formatDecimal } from '../../src/domain/decimal.ts';
import type { RecordVisitor } from '../../src/pipeline/ports.ts';
import {
  isMalformed,
  isNumbered,
  type NumberedParts,
  numberOfApp,
  numberOfUser,
  RecordJudge,
} from '../../src/schemas/export-record.ts';

/** What readers have said: line by line, and how often where they do not say which line. */
export interface Outcomes {
  readonly byLine: Map<number, string>;
  ignored: number;
  deleted: number;
}

/** Writes down what a reader says and what zod makes of it: a record's activities in brackets, or the reason. */
export function recorder(rules: CountingRules): { outcomes: Outcomes; visitor: RecordVisitor } {
  const outcomes: Outcomes = { byLine: new Map(), ignored: 0, deleted: 0 };
  const note = (line: number, outcome: string): void => {
    if (outcomes.byLine.has(line)) throw new Error(`line ${line} is told of twice`);
    outcomes.byLine.set(line, outcome);
  };
  const judge = new RecordJudge(rules);
  const ids = rules.definition.activities.map(({ id }) => id);
  const shown = ({ activity, app, userId, day, amounts = [] }: Activity): string =>
    [ids[activity], app, userId, day, ...amounts.map(formatDecimal)].join(' ');
  const apps: string[] = [];
  const users: string[] = [];
  const names = { app: (name: string) => apps.push(name) - 1, user: (userId: string) => users.push(userId) - 1 };
  const noteAll = (activities: readonly Activity[], line: number): void =>
    note(line, `[${activities.map(shown).join('; ')}]`);
  const numbered = (parts: readonly NumberedParts[], line: number): false => {
    const judged = parts.map((one) => judge.judgeNumbered(one));
    const wrong = judged.find(isMalformed);
    if (wrong !== undefined) note(line, wrong.reason);
    else {
      const named = judged.filter(isNumbered).map(({ app, user, ...rest }) => ({
        ...rest,
        app: apps[app] as string,
        userId: users[user] as string,
      }));
      noteAll(named, line);
    }
    return false;
  };
  const visitor: RecordVisitor = {
    app: (name) => numberOfApp(names, name),
    user: (userId) => numberOfUser(names, userId),
    activity: (parts, line) => numbered([parts], line),
    activities: numbered,
    outside: () => undefined,
    record: (record, line) => {
      const judged = judge.judge(record);
      if (judged.kind === 'activities') noteAll(judged.activities, line);
      else if (judged.kind === 'malformed') note(line, judged.reason);
      else outcomes[judged.kind]++;
    },
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

/** A kernel that takes one program after the other, as those do that are lent. */
const kernel = new Kernel();

export function kernelFor(rules: CountingRules): Kernel {
  kernel.load(programOf(rules));
  return kernel;
}

/** What is made of one line, in a word. */
const inAWord = ({ byLine, ignored, deleted }: Outcomes): string =>
  byLine.get(1) ?? (ignored === 1 ? 'ignored' : deleted === 1 ? 'deleted' : 'blank');

export function fastOutcome(line: Buffer, rules: CountingRules): string {
  const { outcomes, visitor } = recorder(rules);
  const scanner = new LineScanner(kernelFor(rules), rules, visitor);
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

export function plainOutcome(line: Buffer, rules: CountingRules): string {
  const { outcomes, visitor } = recorder(rules);
  readLine(line, 1, rules, visitor);
  return inAWord(outcomes);
}

/**
 * What should be made of a line: what `JSON.parse` makes of it, or, where it refuses only for the inside of a value
 * that is skipped, what it makes of the line with those values emptied.
 */
export function expectedOutcome(line: Buffer, rules: CountingRules): string {
  const strict = plainOutcome(line, rules);
  if (strict !== 'line.json' || fastOutcome(line, rules) === strict) return strict;
  const skeleton = emptied(line.toString('utf8'), rules);
  return skeleton === undefined ? strict : plainOutcome(Buffer.from(skeleton), rules);
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]]|[^"{}[\]]+|"/gs;
const PLAIN_VALUE = /^\{(?:"[SN]":"[^"\\]*"|"BOOL":(?:true|false))\}$/;

/** The line with every value that need not be looked at as `{}`; undefined where its brackets or strings do not close. */
function emptied(text: string, { definition, told }: CountingRules): string | undefined {
  const counts = definition.attributes.map(([name]) => JSON.stringify(name));
  const changes = definition.activities.filter((_, index) => told[index] === true).map(({ on }) => on.kind);
  const images = ['"Item"', '"NewImage"'];
  if (changes.includes('becomes') || changes.includes('delete')) images.push('"OldImage"');
  if (changes.includes('delete')) images.push('"Keys"');
  const open: string[] = [];
  let [kept, key, value, valueDepth] = ['', '', '', 0];
  for (const token of text.match(TOKENS) ?? []) {
    if (token === '"' || (!token.startsWith('"') && token.includes('\\'))) return undefined;
    if (valueDepth === 0 && token === '{' && isValue(open.length, key, images)) valueDepth = open.length + 1;
    if (valueDepth > 0) value += token;
    else kept += token;
    if (token === '{' || token === '[') open.push(token);
    if ((token === '}' && open.pop() !== '{') || (token === ']' && open.pop() !== '[')) return undefined;
    if (valueDepth === 0 && token.startsWith('"')) key = token;
    if (open.length < valueDepth) {
      kept += counts.includes(key) && PLAIN_VALUE.test(value) ? value : '{}';
      [value, valueDepth] = ['', 0];
    }
  }
  return open.length === 0 ? kept : undefined;
}

const isValue = (depth: number, key: string, images: readonly string[]): boolean =>
  depth === 2 || (depth === 1 && !images.includes(key));
