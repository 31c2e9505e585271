import { gamesDefinition } from '../../src/definitions/preset.ts';
import { type CountingRules, type ExportScope, rulesFor } from '../../src/domain/counting-rules.ts';
import type { ActivityInput, ConditionInput, MetricInput, TableDefinition } from '../../src/domain/define-table.ts';
import { type Definition, timeForms } from '../../src/domain/definition.ts';
import { parseDefinition } from '../../src/schemas/definition.ts';
import { InvalidInput } from '../../src/schemas/parse-input.ts';
import type { SeededRandom } from '../support/seeded-random.ts';

/** The rules of some export of some table. */
export function anyRules(random: SeededRandom): CountingRules {
  const kind = random.next();
  const definition = kind < 0.1 ? gamesDefinition : kind < 0.3 ? shopDefinition : randomDefinition(random);
  return rulesFor(definition, anyScope(random));
}

function anyScope(random: SeededRandom): ExportScope {
  const day = random.chance(0.7) ? 20_049 : null;
  if (random.chance(0.2)) return { exportType: 'FULL_EXPORT', hasOldImages: false, day: null };
  return { exportType: 'INCREMENTAL_EXPORT', hasOldImages: random.chance(0.8), day };
}

const shopDefinition: Definition = parseDefinition(
  {
    version: 1,
    separator: '#',
    app: 'shop',
    activities: {
      order: { is: { PK: 'USER#${user}', SK: 'ORDER#${order}' }, at: 'createdAt', on: 'insert' },
      paid: {
        is: { PK: 'USER#${user}', SK: { startsWith: 'ORDER#' } },
        at: { attribute: 'paidAt', as: 'epochMillis' },
        on: { becomes: { status: 'PAID' } },
      },
      visit: { is: { PK: 'USER#${user}', SK: 'VISIT#${day}#${visit}' }, at: { hole: 'day', as: 'date' } },
      closed: { is: { PK: 'USER#${user}', SK: 'PROFILE' }, on: 'delete' },
    },
    metrics: {
      buyers: { of: 'order', measure: 'distinctUsers' },
      revenue: { of: 'paid', measure: { sum: 'total' } },
      visits: { of: 'visit', measure: 'countPerUser' },
      left: { of: 'closed', measure: 'count' },
    },
  },
  'shop',
);

function randomDefinition(random: SeededRandom): Definition {
  for (;;) {
    try {
      return parseDefinition(randomTable(random), 'random');
    } catch (error) {
      // What names an attribute too many, or a user where none is, is thrown away.
      if (!(error instanceof InvalidInput)) throw error;
    }
  }
}

/** Short and long, such that begin alike, and nested ones. */
const attributes = [
  ...[
    'PK',
    'SK',
    'a',
    'id',
    'createdAt',
    'createdBy',
    'updatedAt',
    'type',
    '_type',
    'status',
    'é',
    '東京',
    'Item',
    'S',
  ],
  ...['attributeWithALongName', 'attributeWithALongNameToo', `k${'k'.repeat(60)}`, '__proto__'],
  ...['data.state', 'data.at', 'a.b', 'x.y.z'],
];
/** Such that JSON escapes: lines that have them are left to the plain reader. */
const escapedAttributes = ['"', 'a\\b', 'tab\t'];
const texts = [
  'A',
  'B',
  'ORDER',
  'USER#',
  'user-',
  'a-b-c',
  'x'.repeat(17),
  'y'.repeat(40),
  'é',
  '東京#',
  '"',
  '\\',
  '',
  'EVENT',
];
const literals = [
  '#',
  '-',
  'USER#',
  'ORDER#',
  '##',
  '/',
  'session-',
  'member-user-',
  'a-very-long-prefix-of-a-key#',
  'é',
  '->',
  '"',
];
const separators = [undefined, '#', '-', '##', '/', 'é'];
const holes = ['user', 'app', 'id', 'day', 'x', 'user', 'app'];

function randomTable(random: SeededRandom): TableDefinition {
  const named = random.chance(0.2) ? [...attributes, ...escapedAttributes] : attributes;
  const names = shuffled(named, random).slice(0, 3 + random.below(6));
  const separator = random.pick(separators);
  const kinds = Array.from({ length: 1 + random.below(random.chance(0.2) ? 8 : 3) }, () => anyActivity(names, random));
  // An item is often several activities: it was created, and it was changed.
  const [first] = kinds as [ActivityInput];
  const alike = kinds.map((one) =>
    random.chance(0.3) ? { ...first, ...(one.on !== undefined && { on: one.on }) } : one,
  );
  const activities = Object.fromEntries(alike.map((one, index) => [`activity${index}`, one]));
  return {
    version: 1,
    ...(separator !== undefined && { separator }),
    ...(random.chance(0.3) && { required: [random.pick(names)] }),
    activities,
    metrics: Object.fromEntries(
      Object.entries(activities).map(([id, { on }]) => [`${id}Times`, anyMetric(id, on, names, random)]),
    ),
  };
}

function anyMetric(of: string, on: ActivityInput['on'], names: readonly string[], random: SeededRandom): MetricInput {
  return {
    of,
    measure: on !== undefined && on !== 'put' && random.chance(0.5) ? { sum: random.pick(names) } : 'count',
  };
}

function anyActivity(names: readonly string[], random: SeededRandom): ActivityInput {
  // One attribute is the time, most often, and nothing else.
  const isApart = random.chance(0.85);
  const at = anyTime(isApart ? names.slice(0, 1) : names, random);
  const told = isApart ? names.slice(1) : names;
  const on = anyChange(told, random);
  const read = random.chance(0.5)
    ? pickSome(told, random, () => (random.chance(0.8) ? anyTemplate(random) : { N: anyTemplate(random) }))
    : undefined;
  return {
    is: pickSome(told, random, () => anyCondition(random, true)),
    ...(read !== undefined && { read }),
    ...(at !== undefined && { at }),
    ...(on !== undefined && { on }),
  };
}

function anyChange(names: readonly string[], random: SeededRandom): ActivityInput['on'] {
  const change = random.pick([undefined, undefined, 'put', 'insert', 'delete', 'becomes'] as const);
  return change === 'becomes' ? { becomes: pickSome(names, random, () => anyCondition(random, false)) } : change;
}

function anyTime(names: readonly string[], random: SeededRandom): ActivityInput['at'] {
  const form = random.pick(timeForms);
  if (random.chance(0.2)) return undefined;
  if (random.chance(0.3)) return random.pick(names);
  if (random.chance(0.3) && form !== 'auto') return { hole: random.pick(holes), as: form };
  return { attribute: random.pick(names), as: form };
}

function pickSome<T>(names: readonly string[], random: SeededRandom, value: () => T): Record<string, T> {
  const some = shuffled(names, random).slice(0, 1 + random.below(2));
  return Object.fromEntries(some.map((name) => [name, value()]));
}

function anyCondition(random: SeededRandom, hasHoles: boolean): ConditionInput {
  const kind = random.next();
  if (kind < 0.35) return hasHoles ? anyTemplate(random) : random.pick(texts);
  if (kind < 0.5) return random.pick(texts);
  if (kind < 0.65) return { startsWith: random.pick(literals) };
  if (kind < 0.75) return { oneOf: Array.from({ length: 1 + random.below(20) }, () => random.pick(texts)) };
  if (kind < 0.8) return { exists: random.chance(0.6) };
  if (kind < 0.85) return { BOOL: random.chance(0.5) };
  if (kind < 0.9) return { N: random.pick(['1', '3', '-1.5', '12345678901234567890']) };
  return { not: anyCondition(random, false) };
}

function anyTemplate(random: SeededRandom): string {
  let template = random.chance(0.9) ? random.pick(literals) : '';
  for (let more = 1 + random.below(3); more > 0; more--) {
    template += `\${${random.pick(holes)}${random.chance(0.5) ? '*' : ''}}`;
    if (more > 1 || random.chance(0.2)) template += random.pick(literals);
  }
  return template;
}

export const shuffled = <T>(values: readonly T[], random: SeededRandom): T[] =>
  values
    .map((value) => ({ value, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value);
