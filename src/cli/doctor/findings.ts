import { PipelineFault } from '../../pipeline/faults.ts';
import { harmless, type Paint, padEnd } from '../../report/terminal-text.ts';

/** What a check found, and what to do about it. */
export interface Finding {
  readonly check: string;
  /** `denied`: the credentials may not look. */
  readonly state: 'well' | 'warning' | 'problem' | 'denied';
  readonly says: string;
  readonly remedy?: string;
}

export type Found = Omit<Finding, 'check'>;

export const well = (says: string): Found => ({ state: 'well', says });
export const warning = (says: string, remedy: string): Found => ({ state: 'warning', says, remedy });
export const problem = (says: string, remedy: string): Found => ({ state: 'problem', says, remedy });

/** One thing to look at, and the IAM action that looking needs. */
export interface Check<C> {
  readonly name: string;
  readonly action: string;
  run(context: C): Promise<Found>;
}

/** Runs a check; what goes wrong in it is a finding too. */
export async function runCheck<C>({ name, action, run }: Check<C>, context: C): Promise<Finding> {
  try {
    return { check: name, ...(await run(context)) };
  } catch (error) {
    const message = wordsOf(error);
    if (error instanceof Error && isDenied(error)) {
      const denied = /perform: ([\w-]+:\w+)/.exec(message)?.[1] ?? action;
      return { check: name, state: 'denied', says: 'not looked at', remedy: `the permission ${denied} is missing` };
    }
    return { check: name, ...toProblem(error, message) };
  }
}

/** Some errors of connections have no message of their own, but those that they are made of. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(wordsOf).join('; ');
  return error instanceof Error ? error.message || error.name : String(error);
}

function toProblem(error: unknown, message: string): Found {
  if (!(error instanceof PipelineFault)) return problem(message, 'run it again with --verbose');
  const { what, where, remedy } = error.report;
  return problem(where === undefined ? what : `${where}: ${what}`, remedy ?? 'see the runbook');
}

const isDenied = ({ name, message }: Error): boolean =>
  /AccessDenied|Forbidden|^403$/.test(name) || /not authorized to perform/.test(message);

const marks = { well: '✓', warning: '!', problem: '✗', denied: '?' } as const;

/** One line a finding, its remedy below it. */
export function findingsText(findings: readonly Finding[], paint: Paint): string {
  const colors = { well: paint.green, warning: paint.yellow, problem: paint.red, denied: paint.dim } as const;
  const nameWidth = Math.max(...findings.map(({ check }) => check.length)) + GAP;
  return findings
    .flatMap(({ check, state, says, remedy }) => [
      `${colors[state](marks[state])} ${padEnd(check, nameWidth)}${harmless(says)}`,
      ...(remedy === undefined ? [] : [`  ${padEnd('', nameWidth)}${paint.bold(remedy)}`]),
    ])
    .join('\n');
}

const GAP = 2;
