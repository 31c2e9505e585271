import { createHash } from 'node:crypto';
import type {
  ActivityInput,
  ConditionInput,
  ConditionsInput,
  MetricInput,
  TableDefinition,
} from '../domain/define-table.ts';
import {
  type ActivityDefinition,
  type AttributeCondition,
  type AttributeRead,
  type Change,
  type Condition,
  type Definition,
  formatPath,
  MAX_ATTRIBUTES,
  type Metric,
  parsePath,
  type TimeSource,
} from '../domain/definition.ts';
import { holesOf, isHole, parseTemplate, type Template } from '../domain/template.ts';
import { definitionInput, insideOfForm } from './definition-input.ts';
import { didYouMean } from './nearest.ts';
import { InvalidInput, parseInput, parseJsonText, preview } from './parse-input.ts';

/**
 * Reads a definition that was written as JSON.
 * @param name of its file, for messages
 * @throws InvalidInput, naming each part that is wrong
 */
export const parseDefinitionJson = (json: string, name: string): Definition =>
  parseDefinition(parseJsonText(json, name), name);

/** As {@link parseDefinitionJson}, of a value that `defineTable` has made, or that was JSON. */
export function parseDefinition(input: unknown, name: string): Definition {
  const table = parseTable(input, name);
  const reader = new DefinitionReader(table);
  const definition = reader.read(JSON.stringify(input));
  if (reader.issues.length > 0) throw new InvalidInput(name, reader.issues);
  return definition;
}

/*
 * zod's records pass over the key `__proto__`, which is an attribute's name like any other: it goes through them under
 * another name, that no attribute has.
 */
const PROTO = '__proto__';
const ESCAPED_PROTO = '\u0000__proto__';

function escapeProto(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(escapeProto);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key === PROTO ? ESCAPED_PROTO : key, escapeProto(child)]),
  );
}

const unescapeProto = (key: string): string => key.replace(ESCAPED_PROTO, PROTO);

function parseTable(input: unknown, name: string): TableDefinition {
  try {
    return parseInput(definitionInput, escapeProto(input), name, insideOfForm);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const issues = error.issues.map(({ path, expected, found }) => ({
      path: unescapeProto(path),
      expected,
      found: found.replaceAll(JSON.stringify(ESCAPED_PROTO), JSON.stringify(PROTO)),
    }));
    throw new InvalidInput(name, issues);
  }
}

const DEFAULT_APP = 'all';

/** Makes a definition of its written form, and collects what is wrong with it. */
class DefinitionReader {
  readonly issues: { readonly path: string; readonly expected: string; readonly found: string }[] = [];
  readonly #attributes = new Map<string, number>();
  readonly #separator: string;

  constructor(readonly table: TableDefinition) {
    this.#separator = table.separator ?? '';
  }

  /** @param json what it was made of, to be made again elsewhere */
  read(json: string): Definition {
    const { table } = this;
    const app = table.app ?? DEFAULT_APP;
    if (isReservedApp(app))
      this.#issue('app', 'a name that does not begin with # and has 255 bytes at most', preview(app));
    const required = (table.required ?? []).map((path, index) => this.#attribute(path, `required.${index}`));
    const activities = Object.entries(table.activities).map(([id, input]) => this.#activity(id, input));
    const metrics = Object.entries(table.metrics).map(([id, input]) => this.#metric(id, input, activities));
    this.#requireDistinct(metrics, 'stored');
    this.#requireDistinct(metrics, 'cloudWatch');
    const attributes = [...this.#attributes.keys()].map((path) => parsePath(path) ?? []);
    if (attributes.length > MAX_ATTRIBUTES) {
      this.#issue(
        '(whole)',
        `${MAX_ATTRIBUTES} attributes at most`,
        `${attributes.length}: ${[...this.#attributes.keys()].join(', ')}`,
      );
    }
    return { hash: hashOf(table, metrics), json, attributes, required, app, activities, metrics };
  }

  #issue(path: string, expected: string, found: unknown): void {
    this.issues.push({
      path: unescapeProto(path),
      expected,
      found: typeof found === 'string' ? found : preview(found),
    });
  }

  #hasIssues(path: string): boolean {
    return this.issues.some((issue) => issue.path.startsWith(path));
  }

  #attribute(written: string, path: string): number {
    const names = parsePath(unescapeProto(written));
    if (names === undefined) this.#issue(path, 'a name, or names with dots between them', JSON.stringify(written));
    const key = formatPath(names ?? [written]);
    const known = this.#attributes.get(key);
    if (known !== undefined) return known;
    this.#attributes.set(key, this.#attributes.size);
    return this.#attributes.size - 1;
  }

  #template(text: string, path: string): Template {
    const template = parseTemplate(text, this.#separator);
    if ('parts' in template) return template;
    this.#issue(path, template.expected, JSON.stringify(text));
    return { text, parts: [] };
  }

  #activity(id: string, input: ActivityInput): ActivityDefinition {
    const path = `activities.${id}`;
    const is = this.#conditions(input.is, `${path}.is`);
    const read = Object.entries(input.read ?? {}).map(([attribute, written]) =>
      this.#read(attribute, written, `${path}.read`),
    );
    const holes = holeAttributes(is, read);
    return {
      id,
      is,
      read,
      at: input.at === undefined ? null : this.#time(input.at, holes, path),
      on: this.#change(input.on ?? 'put', `${path}.on`),
      app: holes.get('app') ?? null,
      user: holes.get('user') ?? null,
      sums: this.#sums(id),
    };
  }

  #conditions(input: ConditionsInput, path: string): AttributeCondition[] {
    return Object.entries(input).map(([attribute, written]) => ({
      attribute: this.#attribute(attribute, `${path}.${attribute}`),
      condition: this.#condition(written, `${path}.${attribute}`),
    }));
  }

  #condition(input: ConditionInput, path: string): Condition {
    if (typeof input === 'string') return { kind: 'template', template: this.#template(input, path) };
    if ('startsWith' in input) return { kind: 'startsWith', prefix: input.startsWith };
    if ('oneOf' in input) return { kind: 'oneOf', texts: input.oneOf };
    if ('exists' in input) return { kind: 'exists', exists: input.exists };
    if ('BOOL' in input) return { kind: 'bool', value: input.BOOL };
    if ('N' in input) return { kind: 'number', digits: input.N };
    const condition = this.#condition(input.not, `${path}.not`);
    if (condition.kind === 'template' && holesOf(condition.template).length > 0) {
      this.#issue(
        `${path}.not`,
        'a template without holes: what does not match takes nothing',
        JSON.stringify(input.not),
      );
    }
    return { kind: 'not', condition };
  }

  #read(attribute: string, input: string | { readonly N: string }, parent: string): AttributeRead {
    const path = `${parent}.${attribute}`;
    const [type, text] = typeof input === 'string' ? (['S', input] as const) : (['N', input.N] as const);
    return { attribute: this.#attribute(attribute, path), type, template: this.#template(text, path) };
  }

  #time(input: NonNullable<ActivityInput['at']>, holes: ReadonlyMap<string, number>, activity: string): TimeSource {
    const path = `${activity}.at`;
    if (typeof input === 'string') return { attribute: this.#attribute(input, path), hole: null, as: 'auto' };
    if ('attribute' in input) {
      return { attribute: this.#attribute(input.attribute, `${path}.attribute`), hole: null, as: input.as ?? 'auto' };
    }
    const attribute = holes.get(input.hole);
    if (attribute === undefined && !this.#hasIssues(`${activity}.`)) {
      this.#issue(
        `${path}.hole`,
        `one of the holes of "is" and "read"${listed([...holes.keys()], input.hole)}`,
        `"${input.hole}"`,
      );
    }
    return { attribute: attribute ?? 0, hole: input.hole, as: input.as };
  }

  #change(input: NonNullable<ActivityInput['on']>, path: string): Change {
    if (typeof input === 'string') return { kind: input };
    const conditions = this.#conditions(input.becomes, `${path}.becomes`);
    const holes = conditions.flatMap(({ condition }) =>
      condition.kind === 'template' ? holesOf(condition.template) : [],
    );
    if (holes.length > 0)
      this.#issue(`${path}.becomes`, 'templates without holes; take texts in "is" or "read"', `\${${holes[0]?.name}}`);
    return { kind: 'becomes', conditions };
  }

  /** The attributes that metrics of this activity add up. */
  #sums(activity: string): number[] {
    const sums = Object.entries(this.table.metrics).flatMap(([id, { of, measure }]) =>
      of === activity && typeof measure === 'object' ? [this.#attribute(measure.sum, `metrics.${id}.measure.sum`)] : [],
    );
    return [...new Set(sums)];
  }

  #metric(id: string, input: MetricInput, activities: readonly ActivityDefinition[]): Metric {
    const path = `metrics.${id}`;
    const activity = activities.findIndex((candidate) => candidate.id === input.of);
    if (activity === -1) {
      this.#issue(
        `${path}.of`,
        `one of the activities${listed(
          activities.map((one) => one.id),
          input.of,
        )}`,
        `"${input.of}"`,
      );
    }
    const found = activities[activity];
    const measure = typeof input.measure === 'object' ? 'sum' : input.measure;
    const needsUser = measure === 'distinctUsers' || measure === 'countPerUser';
    // Of templates that are none it is not known which holes they have.
    if (needsUser && found?.user === null && !this.#hasIssues(`activities.${found.id}.`)) {
      this.#issue(`${path}.measure`, `"count", or a hole \${user} in "is" or "read" of ${input.of}`, `"${measure}"`);
    }
    if (measure === 'sum' && found?.on.kind === 'put') {
      this.#issue(
        `${path}.measure`,
        `"on" of ${input.of} to be "insert", "becomes" or "delete": of "put" a sum would add up states`,
        '"put"',
      );
    }
    const sum = typeof input.measure === 'object' ? this.#attribute(input.measure.sum, `${path}.measure.sum`) : -1;
    const stored = input.stored ?? id + (suffixes[measure] ?? '');
    if (reservedAttributes.has(stored))
      this.#issue(`${path}.stored`, 'a name that records do not use themselves', `"${stored}"`);
    return {
      id,
      activity,
      measure,
      sum: measure === 'sum' ? (found?.sums.indexOf(sum) ?? -1) : null,
      title: input.title ?? inWords(id),
      description: input.description ?? '',
      stored,
      cloudWatch: input.cloudWatch ?? id.slice(0, 1).toUpperCase() + id.slice(1),
    };
  }

  #requireDistinct(metrics: readonly Metric[], key: 'stored' | 'cloudWatch'): void {
    metrics.forEach((metric, index) => {
      const same = metrics.slice(0, index).find((before) => before[key] === metric[key]);
      if (same !== undefined)
        this.#issue(`metrics.${metric.id}.${key}`, `another name than that of ${same.id}`, `"${metric[key]}"`);
    });
  }
}

const suffixes: Partial<Record<Metric['measure'], string>> = { distinctUsers: 'Ids', countPerUser: 'PerUser' };

/** What a record has beside the numbers; see adapters/aws/record-item.ts. */
const reservedAttributes = new Set(
  'date app longApp summary detail expiresAt exportId exportType exportTime quality definition writtenAt'.split(' '),
);

const MAX_APP_BYTES = 255;
const isReservedApp = (app: string): boolean => app.startsWith('#') || Buffer.byteLength(app) > MAX_APP_BYTES;

const listed = (names: readonly string[], found: string): string =>
  ` (${names.length === 0 ? 'there is none' : names.join(', ')})${didYouMean(found, names)}`;

/** Which attribute's text each hole takes: where one stands in several, the first. */
function holeAttributes(
  is: readonly AttributeCondition[],
  read: readonly AttributeRead[],
): ReadonlyMap<string, number> {
  const templates = [
    ...is.flatMap(({ attribute, condition }) =>
      condition.kind === 'template' ? [{ attribute, template: condition.template }] : [],
    ),
    ...read,
  ];
  const holes = new Map<string, number>();
  for (const { attribute, template } of templates) {
    for (const { name } of template.parts.filter(isHole)) if (!holes.has(name)) holes.set(name, attribute);
  }
  return holes;
}

/** `ordersPlaced` becomes `Orders placed`. */
function inWords(id: string): string {
  const words = id.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/**
 * The same for definitions that count the same: defaults written out, keys sorted (as RFC 8785 does), titles and
 * descriptions left out, for they change no number.
 */
function hashOf(table: TableDefinition, metrics: readonly Metric[]): string {
  const { separator = '', required = [], app = DEFAULT_APP } = table;
  const activities = mapValues(table.activities, ({ is, read = {}, at, on = 'put' }) => ({
    is,
    read,
    at: typeof at === 'string' ? { attribute: at, as: 'auto' } : at && 'attribute' in at ? { as: 'auto', ...at } : at,
    on,
  }));
  const counted = mapValues(table.metrics, ({ of, measure }, id) => {
    const metric = metrics.find((one) => one.id === id);
    return { of, measure, stored: metric?.stored, cloudWatch: metric?.cloudWatch };
  });
  const canonical = JSON.stringify(
    sorted({ version: 1, separator, required: [...required].sort(), app, activities, metrics: counted }),
  );
  return createHash('sha256').update(canonical).digest('hex').slice(0, HASH_DIGITS);
}

const HASH_DIGITS = 16;

const mapValues = <V, W>(values: Readonly<Record<string, V>>, map: (value: V, key: string) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value, key)]));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, child]) => [key, sorted(child)]));
}
