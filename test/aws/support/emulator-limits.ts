import type { Template } from './synthesized-stack.ts';

interface Limit {
  readonly why: string;
  /** Changes the template where the limit applies, and names what it changed. */
  readonly apply: (template: Template) => string[];
}

interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource: unknown;
  Condition?: { StringEquals?: Record<string, unknown>; Bool?: Record<string, unknown> };
}

/**
 * What MiniStack 1.5 cannot do, taken out of the test's copy of the template; nothing else is.
 * That the real template has these parts as it should is for the tests of the stack to say.
 */
const limits: readonly Limit[] = [
  {
    why: 'alarms on metric math are refused',
    apply: ({ Resources }) => {
      const names = Object.keys(Resources).filter((name) => isMathAlarm(Resources[name]));
      for (const name of names) delete Resources[name];
      return names;
    },
  },
  {
    why: 'the tests speak plain HTTP to the emulator, and it enforces that only TLS may be spoken',
    apply: onStatements(
      ({ Effect, Condition }) => Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] !== undefined,
      (statement) => {
        // CloudFormation takes no policy without a statement; one that denies what is never asked for stands in.
        Object.assign(statement, { Condition: { Bool: { 'aws:SecureTransport': 'never' } } });
      },
    ),
  },
  {
    why: 'the condition key cloudwatch:namespace is not known when roles are enforced',
    apply: onStatements(
      ({ Condition }) => Condition?.StringEquals?.['cloudwatch:namespace'] !== undefined,
      (statement) => delete statement.Condition,
    ),
  },
  {
    why: 'exports are authorized against every table, not the one that is exported, when roles are enforced',
    apply: onStatements(
      ({ Action }) =>
        Action.includes('dynamodb:ExportTableToPointInTime') || Action.includes('dynamodb:DescribeExport'),
      (statement) => {
        statement.Resource = '*';
      },
    ),
  },
  {
    why: 'a Distributed Map reads nothing and says that it succeeded: backfills of many days are left to the one function',
    apply: ({ Resources }) => {
      const aggregators = Object.entries(Resources).filter(([, { Type, Properties }]) => {
        const { Variables = {} } = (Properties.Environment ?? {}) as { Variables?: Record<string, unknown> };
        const isOne = Type === 'AWS::Lambda::Function' && 'LARGE_EXPORT_MEMORY_MB' in Variables;
        if (isOne) delete Variables.INLINE_DETAIL_KB;
        return isOne;
      });
      return aggregators.map(([name]) => name);
    },
  },
];

/** A copy of the template that the emulator can take, and a line for each thing that was changed. */
export function withinLimits(original: Template): { template: Template; changes: string[] } {
  const template = structuredClone(original);
  const changes = limits.flatMap(({ why, apply }) => apply(template).map((name) => `${name}: ${why}`));
  return { template, changes };
}

const isMathAlarm = (resource: Template['Resources'][string] | undefined): boolean =>
  resource?.Type === 'AWS::CloudWatch::Alarm' && resource.Properties.Metrics !== undefined;

function onStatements(matches: (statement: Statement) => boolean, change: (statement: Statement) => void) {
  return ({ Resources }: Template): string[] =>
    Object.entries(Resources).flatMap(([name, { Properties }]) => {
      const document = Properties.PolicyDocument as { Statement: Statement[] } | undefined;
      const matching = document?.Statement.filter(matches) ?? [];
      for (const statement of matching) change(statement);
      return matching.length > 0 ? [name] : [];
    });
}
