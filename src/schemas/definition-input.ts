import * as z from 'zod';
import type { TableDefinition } from '../domain/define-table.ts';
import { MAX_ACTIVITIES, MAX_ATTRIBUTES, MAX_METRICS, measures, timeForms } from '../domain/definition.ts';
import { NAME } from '../domain/template.ts';
import { didYouMean } from './nearest.ts';

/*
 * The form of a definition, such as:
 *
 *   { "version": 1, "separator": "#",
 *     "activities": { "order": { "is": { "PK": "USER#${user}", "SK": "ORDER#${order}" }, "at": "createdAt" } },
 *     "metrics": { "orders": { "of": "order", "measure": "countPerUser" } } }
 *
 * What its parts mean together is checked by definition.ts. The JSON Schema in the package is made of this.
 */

const text = z
  .string('a text')
  .refine((value) => value.isWellFormed(), 'well-formed text (no half of a surrogate pair)');
const filled = text.min(1, 'a text that is not empty');
const template = text.describe('Literal text and holes, such as USER#${user}; without a hole: that very text.');
const attribute = filled.describe('The name of an attribute; `a.b` is the key `b` of the map in `a`.');
const yesOrNo = z.boolean('true or false');

/** An object with these keys and no others. */
const fields = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? keyError(issue.keys, Object.keys(shape)) : 'an object'),
  });

const keyError = (found: readonly string[], keys: readonly string[]): string =>
  `no other keys than ${keys.join(', ')}${didYouMean(found, keys)}`;

const named = <S extends z.ZodType>(schema: S, what: string, max: number) =>
  z
    .record(z.string().regex(NAME), schema, {
      error: ({ code }) =>
        code === 'invalid_key' ? 'a name: a letter, then up to 63 letters and digits' : `an object of ${what} by name`,
    })
    .refine((all) => Object.keys(all).length > 0, `at least one of the ${what}`)
    .refine((all) => Object.keys(all).length <= max, `${max} ${what} at most`);

const condition: z.ZodType = z
  .lazy(() =>
    z.union(
      [
        template,
        fields({ startsWith: filled }),
        fields({ oneOf: z.array(text, 'a list of texts').min(1, 'at least one text') }),
        fields({ exists: yesOrNo }),
        fields({ BOOL: yesOrNo }),
        fields({ N: filled }),
        fields({ not: condition }),
      ],
      { error: ({ input }) => conditionError + didYouMean(input, conditionKeys) },
    ),
  )
  .meta({ id: 'condition' });

const conditionKeys = ['startsWith', 'oneOf', 'exists', 'BOOL', 'N', 'not'];
const conditionError = `a template, or one of ${conditionKeys.map((key) => `{"${key}"}`).join(', ')} with its value`;

/** An object with a value for each attribute that is named. */
const byAttribute = <S extends z.ZodType>(schema: S, what: string) =>
  z.record(attribute, schema, {
    error: ({ code }) =>
      code === 'invalid_key' ? 'an attribute: a text that is not empty' : `an object of ${what} by attribute`,
  });

const conditions = byAttribute(condition, 'conditions').refine(
  (all) => Object.keys(all).length > 0,
  'at least one attribute',
);

const oneOf =
  (names: readonly string[]) =>
  ({ input }: { readonly input?: unknown }): string =>
    `one of ${names.join(', ')}${didYouMean(input, names)}`;

const form = z.enum(timeForms, { error: oneOf(timeForms) });
const formOfHole = form.exclude(['auto'], { error: oneOf(timeForms.filter((name) => name !== 'auto')) });

const time = z.union(
  [attribute, fields({ attribute, as: form.optional() }), fields({ hole: filled, as: formOfHole })],
  { error: `an attribute, {"attribute", "as"} or {"hole", "as"}, where "as" is one of ${timeForms.join(', ')}` },
);

const changes = ['put', 'insert', 'delete', 'becomes'];

const change = z.union([z.enum(['put', 'insert', 'delete']), fields({ becomes: conditions })], {
  error: ({ input }) =>
    `"put", "insert", "delete" or {"becomes": conditions by attribute}${didYouMean(input, changes)}`,
});

const activity = fields({
  is: conditions.describe('Which items are this activity: all conditions have to hold.'),
  read: byAttribute(
    z.union([template, fields({ N: template })], {
      error: 'a template, or {"N": template} for the digits of a number',
    }),
    'templates',
  )
    .optional()
    .describe('What must be readable of such an item, or it is malformed.'),
  at: time.optional().describe("When it was; without it, the export's day is the date."),
  on: change.optional().describe('What must have become of the item; "put" where nothing is said.'),
});

const metric = fields({
  of: filled.describe('The id of an activity.'),
  measure: z.union([z.enum(['distinctUsers', 'countPerUser', 'count']), fields({ sum: attribute })], {
    error: ({ input }) =>
      `"distinctUsers", "countPerUser", "count" or {"sum": attribute}${didYouMean(input, measures)}`,
  }),
  title: filled.max(200, '200 characters at most').optional(),
  description: text.max(1000, '1,000 characters at most').optional(),
  stored: filled.max(255, '255 characters at most').optional(),
  cloudWatch: z
    .string('a metric name of CloudWatch')
    // Quotes cannot stand in the search of the dashboard's graphs.
    .regex(
      /^(?!:)(?:(?!["'\\])[ -~]){1,255}$/,
      'a metric name of CloudWatch: 1 to 255 ASCII characters that do not begin with a colon, no quotes or backslashes',
    )
    .optional(),
});

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html for names of metrics */
export const definitionInput = fields({
  $schema: z.string('a text').optional(),
  version: z.literal(1, '1, the only version there is'),
  separator: filled.max(16, '16 characters at most').optional().describe('What parts of keys are separated by.'),
  required: z
    .array(attribute, 'a list of attributes')
    .max(MAX_ATTRIBUTES, `${MAX_ATTRIBUTES} attributes at most`)
    .optional()
    .describe('Attributes that every item has as text; an item without is malformed.'),
  app: filled.optional().describe('The app of activities that name none; "all" where nothing is said.'),
  activities: named(activity, 'activities', MAX_ACTIVITIES),
  metrics: named(metric, 'metrics', MAX_METRICS),
}) as unknown as z.ZodType<TableDefinition>;

/**
 * Of what may have several forms: what is wrong inside of the one that it has, where all its keys are of one. All forms of
 * a definition are strict: a key that is not theirs is an issue of the whole.
 */
export function insideOfForm(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [form, ...others] = issue.errors.filter((wrong) => wrong.every(({ path }) => path.length > 0));
  if (form === undefined || others.length > 0) return [issue];
  return form.flatMap((inside) => insideOfForm({ ...inside, path: [...issue.path, ...inside.path] }));
}
