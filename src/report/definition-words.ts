import {
  type ActivityDefinition,
  type AttributeCondition,
  type Change,
  type Condition,
  type Definition,
  formatPath,
  type Metric,
  type TimeForm,
  type TimeSource,
} from '../domain/definition.ts';
import { isHole, type Template } from '../domain/template.ts';

/* A definition in plain words, for whoever wants to know what it counts before it does. */

/** What an activity is, in sentences. */
export interface ActivityWords {
  readonly id: string;
  readonly sentences: readonly string[];
}

export interface DefinitionWords {
  readonly activities: readonly ActivityWords[];
  /** One sentence each. */
  readonly metrics: readonly { readonly id: string; readonly sentence: string }[];
  /** What every item must have. */
  readonly required: string | null;
}

export const inWords = (definition: Definition): DefinitionWords => ({
  activities: definition.activities.map((activity) => ({
    id: activity.id,
    sentences: sentencesOf(activity, definition),
  })),
  metrics: definition.metrics.map((metric) => ({ id: metric.id, sentence: metricSentence(metric, definition) })),
  required:
    definition.required.length === 0
      ? null
      : `Every item must have ${listed(
          definition.required.map((attribute) => nameOf(attribute, definition)),
          'and',
        )} as text.`,
});

const nameOf = (attribute: number, { attributes }: Definition): string => formatPath(attributes[attribute] ?? []);

/** `a`, `a and b`, `a, b and c` */
const listed = (words: readonly string[], joint: 'and' | 'or'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`;

function sentencesOf(activity: ActivityDefinition, definition: Definition): string[] {
  const { is, read, at, on, app, user } = activity;
  const conditions = is.map((condition) => conditionWords(condition, definition));
  return [
    `An item where ${listed(conditions, 'and')}${changeWords(on, definition)}.`,
    ...read.map(({ attribute, type, template }) => {
      const kind = type === 'N' ? 'a number' : 'text';
      return `It must have ${nameOf(attribute, definition)} as ${kind} of the form ${formOf(template)}, or it is malformed.`;
    }),
    at === null ? "It bears no time: the export's day is its date." : `Its date is ${timeWords(at, definition)}.`,
    `App: ${app === null ? `always "${definition.app}"` : `from ${nameOf(app, definition)}`}; user: ${user === null ? 'none' : `from ${nameOf(user, definition)}`}.`,
  ];
}

const conditionWords = ({ attribute, condition }: AttributeCondition, definition: Definition): string =>
  `${nameOf(attribute, definition)} ${predicate(condition)}`;

function predicate(condition: Condition): string {
  switch (condition.kind) {
    case 'template':
      return condition.template.parts.some(isHole)
        ? `is like ${formOf(condition.template)}`
        : `is "${condition.template.text}"`;
    case 'startsWith':
      return `begins with "${condition.prefix}"`;
    case 'oneOf':
      return `is ${listed(
        condition.texts.map((text) => `"${text}"`),
        'or',
      )}`;
    case 'exists':
      return condition.exists ? 'is there' : 'is not there';
    case 'bool':
      return `is ${condition.value}`;
    case 'number':
      return `is the number ${condition.digits}`;
    case 'not':
      return `is anything but what ${predicate(condition.condition)}`;
  }
}

/** `USER#<user>` */
const formOf = ({ parts }: Template): string => parts.map((part) => (isHole(part) ? `<${part.name}>` : part)).join('');

function changeWords(on: Change, definition: Definition): string {
  switch (on.kind) {
    case 'put':
      return '';
    case 'insert':
      return ', and that was not there before';
    case 'delete':
      return ', and that is gone';
    case 'becomes':
      return `, as soon as ${listed(
        on.conditions.map((condition) => conditionWords(condition, definition)),
        'and',
      )}, which was not so before`;
  }
}

const formWords: Record<TimeForm, string> = {
  auto: 'epoch seconds, epoch milliseconds or an RFC 3339 date-time',
  epochSeconds: 'epoch seconds',
  epochMillis: 'epoch milliseconds',
  epochMicros: 'epoch microseconds',
  epochNanos: 'epoch nanoseconds',
  dateTime: 'an RFC 3339 date-time with its zone',
  dateTimeWithoutZone: 'a date-time without a zone, taken as UTC',
  date: 'a date',
  ulid: 'the time in a ULID',
  uuidv7: 'the time in a UUID of version 7',
  ksuid: 'the time in a KSUID',
};

const timeWords = ({ attribute, hole, as }: TimeSource, definition: Definition): string =>
  `that of ${hole === null ? nameOf(attribute, definition) : `<${hole}> in ${nameOf(attribute, definition)}`} (${formWords[as]}, in UTC)`;

function metricSentence({ activity, measure, sum, cloudWatch, stored }: Metric, definition: Definition): string {
  const { id = '', sums = [] } = definition.activities[activity] ?? {};
  const what = {
    distinctUsers: `how many different users had "${id}"`,
    countPerUser: `how many "${id}" there were, kept by user`,
    count: `how many "${id}" there were`,
    sum: `the sum of ${nameOf(sums[sum ?? -1] ?? -1, definition)} of all "${id}", exact`,
  }[measure];
  return `${what}; ${cloudWatch} in CloudWatch, ${stored} in the table.`;
}
