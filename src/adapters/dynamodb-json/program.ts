import type { CountingRules } from '../../domain/counting-rules.ts';
import type { ActivityDefinition, TimeForm, TimeSource } from '../../domain/definition.ts';
import { timeReadings } from '../../schemas/time-forms.ts';
import { ByteWriter } from './byte-writer.ts';
import { Activity, Header, Names, On, Reads, Time } from './kernel/codes.ts';
import { Columns, writeNames } from './program-columns.ts';
import { guardOf } from './program-guard.ts';
import { StepWriter } from './program-steps.ts';
import { HoleWriter, spanBytesOf, writeLiteral } from './program-texts.ts';

/** What the kernel is told of the rules by which an export is counted: tables, as kernel/codes.ts has them. */
export type Program = Uint8Array;

const programs = new WeakMap<CountingRules, Program>();

/** The program for these rules: the same one for all files of an export. */
export function programOf(rules: CountingRules): Program {
  const program = programs.get(rules) ?? writeProgram(rules);
  programs.set(rules, program);
  return program;
}

function writeProgram({ definition, told }: CountingRules): Program {
  const out = new ByteWriter();
  const columns = new Columns(definition.attributes);
  const activities = definition.activities.filter((_, index) => told[index] === true);
  out.skip(Header.SPANS + spanBytesOf(activities));
  out.setU32(Header.READS, activities.reduce((flags, { on }) => flags | readsOf[on.kind], 0));
  writeNames(out, columns.names);
  out.setU32(Header.REQUIRED, out.length);
  out.setU32(Header.REQUIRED_COUNT, definition.required.length);
  for (const attribute of definition.required) out.u8(columns.of(attribute));
  out.setU32(Header.ACTIVITIES, out.align(8));
  for (const activity of activities) writeActivity(out, columns, definition.activities.indexOf(activity), activity);
  out.setU32(Header.ACTIVITIES_END, out.length);
  return out.written;
}

/** What is looked into besides the image. */
const readsOf = { put: 0, insert: 0, becomes: Reads.OLD_IMAGE, delete: Reads.OLD_IMAGE | Reads.KEYS } as const;
const ons = { put: On.PUT, insert: On.INSERT, becomes: On.BECOMES, delete: On.DELETE } as const;

function writeActivity(out: ByteWriter, columns: Columns, index: number, activity: ActivityDefinition): void {
  const { is, read, at: time, on, sums } = activity;
  const holes = new HoleWriter(out, activity);
  const steps = new StepWriter(out, columns, holes);
  const guard = guardOf(is, columns);
  const at = out.length;
  out.u32(0, 0, 0, time === null || time.hole === null ? 0 : holes.spanOf(time.hole));
  out.u8(index, ons[on.kind], (activity.app === null ? 0 : Names.APP) | (activity.user === null ? 0 : Names.USER));
  out.u8(time === null ? 0 : formOf(time), time === null ? 0 : columns.of(time.attribute));
  out.u8(sums.length, ...sums.map((attribute) => columns.of(attribute)));
  out.skip(at + Activity.GUARD_COLUMN - out.length);
  out.u8(guard.column, guard.type);
  out.u32(time === null ? 1 : (divisors[time.as] ?? 1), 0);
  writeLiteral(out, guard.literal);
  steps.conditions(is.filter((condition) => condition !== guard.condition));
  out.setU32(at + Activity.READ, out.length - at);
  steps.reads(read);
  out.setU32(at + Activity.BECOMES, out.length - at);
  if (on.kind === 'becomes') steps.conditions(on.conditions);
  out.setU32(at + Activity.BYTES, out.length - at);
}

/** So a number of any unit is told in seconds or milliseconds. */
const divisors: Partial<Record<TimeForm, number>> = { epochMicros: 1000, epochNanos: 1_000_000 };

function formOf({ hole, as }: TimeSource): number {
  const text = as === 'auto' || as === 'dateTime' ? Time.IS_DATE_TIME : 0;
  if (hole !== null) return Time.OF_HOLE | ('N' in timeReadings[as] ? Time.IS_NUMBER : text);
  return ('N' in timeReadings[as] ? Time.OF_N : 0) | ('S' in timeReadings[as] ? Time.OF_S : 0) | text;
}
