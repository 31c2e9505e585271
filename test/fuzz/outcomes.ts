import { Kernel } from '../../src/adapters/dynamodb-json/kernel.ts';
import { LineScanner } from '../../src/adapters/dynamodb-json/line-scanner.ts';
import { readLine } from '../../src/adapters/dynamodb-json/plain-reader.ts';
import { programOf } from '../../src/adapters/dynamodb-json/program.ts';
import { NOBODY } from '../../src/domain/activity.ts';
import type { CountingRules } from '../../src/domain/counting-rules.ts';
import { type Decimal, formatDecimal } from '../../src/domain/decimal.ts';
import { formatDay, type UtcDay } from '../../src/domain/utc-day.ts';
import type { RecordVisitor } from '../../src/pipeline/ports.ts';
import { isMalformed, isNumbered, numberOfApp, numberOfUser, RecordJudge } from '../../src/schemas/export-record.ts';

/** What readers have said: line by line, and how often where they do not say which line. */
export interface Outcomes {
  readonly byLine: Map<number, string>;
  ignored: number;
  deleted: number;
}

/** Writes down what a reader says and what zod makes of it: activities such as `session chess ada 2024-11-22`, or a reason. */
export function recorder(rules: CountingRules): { outcomes: Outcomes; visitor: RecordVisitor } {
  const outcomes: Outcomes = { byLine: new Map(), ignored: 0, deleted: 0 };
  const judge = new RecordJudge(rules);
  const note = (line: number, outcome: string): void => {
    if (outcomes.byLine.has(line)) throw new Error(`line ${line} is told of twice`);
    outcomes.byLine.set(line, outcome);
  };
  const inWords = (
    activity: number,
    app: string,
    user: string,
    day: UtcDay,
    amounts: readonly Decimal[] = [],
  ): string =>
    [
      rules.definition.activities[activity]?.id,
      app,
      user === NOBODY ? 'nobody' : user,
      formatDay(day),
      ...amounts.map(formatDecimal),
    ].join(' ');
  const apps: string[] = [];
  const users: string[] = [];
  const names = { app: (name: string) => apps.push(name) - 1, user: (userId: string) => users.push(userId) - 1 };
  const activities: RecordVisitor['activities'] = (parts, line) => {
    const judged = parts.map((one) => judge.judgeNumbered(one));
    const wrong = judged.find(isMalformed);
    const told = judged
      .filter(isNumbered)
      .map(({ activity, app, user, day, amounts }) =>
        inWords(activity, apps[app] as string, users[user] as string, day, amounts),
      );
    note(line, wrong?.reason ?? told.join(', '));
    return false;
  };
  const visitor: RecordVisitor = {
    app: (name) => numberOfApp(names, name),
    user: (userId) => numberOfUser(names, userId),
    activity: (parts, line) => activities([parts], line),
    activities: (parts, line) => {
      if (parts.length < 2) throw new Error(`line ${line}: one activity is told as several`);
      return activities(parts, line);
    },
    outside: () => undefined,
    record: (record, line) => {
      const judged = judge.judge(record);
      if (judged.kind === 'malformed') note(line, judged.reason);
      else if (judged.kind !== 'activities') outcomes[judged.kind]++;
      else
        note(
          line,
          judged.activities
            .map(({ activity, app, userId, day, amounts }) => inWords(activity, app, userId, day, amounts))
            .join(', '),
        );
    },
    ignored: (records) => {
      outcomes.ignored += records;
    },
    deleted: (records) => {
      outcomes.deleted += records;
    },
    malformed: note,
  };
  return { outcomes, visitor };
}

const kernel = new Kernel();

/** A kernel that the tests lend each other: it has had many programs. */
export function scannerFor(rules: CountingRules, visitor: RecordVisitor): LineScanner {
  kernel.load(programOf(rules));
  return new LineScanner(kernel, rules, visitor);
}

/** What is made of one line, in a word. */
const inAWord = ({ byLine, ignored, deleted }: Outcomes): string =>
  byLine.get(1) ?? (ignored === 1 ? 'ignored' : deleted === 1 ? 'deleted' : 'blank');

export function fastOutcome(line: Buffer, rules: CountingRules): string {
  const { outcomes, visitor } = recorder(rules);
  const scanner = scannerFor(rules, visitor);
  push(scanner, line);
  scanner.end();
  return inAWord(outcomes);
}

/** Whether the kernel takes a line itself. */
export function isFast(line: Buffer, rules: CountingRules): boolean {
  const scanner = scannerFor(rules, recorder(rules).visitor);
  push(scanner, line);
  scanner.end();
  return scanner.slowPathRecords === 0;
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
function emptied(text: string, rules: CountingRules): string | undefined {
  const names = new Set(rules.definition.attributes.map(([name]) => JSON.stringify(name)));
  const images = imagesOf(rules);
  const open: string[] = [];
  let [kept, key, value, valueDepth] = ['', '', '', 0];
  for (const token of text.match(TOKENS) ?? []) {
    if (token === '"' || (!token.startsWith('"') && token.includes('\\'))) return undefined;
    const isValue = open.length === 2 || (open.length === 1 && !images.has(key));
    if (valueDepth === 0 && token === '{' && isValue) valueDepth = open.length + 1;
    if (valueDepth > 0) value += token;
    else kept += token;
    if (token === '{' || token === '[') open.push(token);
    if ((token === '}' && open.pop() !== '{') || (token === ']' && open.pop() !== '[')) return undefined;
    if (valueDepth === 0 && token.startsWith('"')) key = token;
    if (open.length < valueDepth) {
      kept += names.has(key) && PLAIN_VALUE.test(value) ? value : '{}';
      [value, valueDepth] = ['', 0];
    }
  }
  return open.length === 0 ? kept : undefined;
}

/** The keys of what is looked into. */
function imagesOf({ definition, told }: CountingRules): ReadonlySet<string> {
  const changes = definition.activities.filter((_, index) => told[index]).map(({ on }) => on.kind);
  const old = changes.includes('delete') ? ['"OldImage"', '"Keys"'] : changes.includes('becomes') ? ['"OldImage"'] : [];
  return new Set(['"Item"', '"NewImage"', ...old]);
}
