import * as z from 'zod';
import {
  type Activity,
  MAX_APP_BYTES,
  MAX_USER_BYTES,
  NOBODY,
  type NumberedActivity,
  RESERVED_APP_PREFIX,
} from '../domain/activity.ts';
import { type AttributeView, type ImageView, type Taken, takenBy } from '../domain/conditions.ts';
import type { CountingRules } from '../domain/counting-rules.ts';
import { type Decimal, parseDecimal } from '../domain/decimal.ts';
import { type ActivityDefinition, formatPath, type TimeSource } from '../domain/definition.ts';
import { matchTemplate } from '../domain/template.ts';
import { dayOfMillis, type UtcDay } from '../domain/utc-day.ts';
import { viewOf } from './attribute-view.ts';
import { timeReadings } from './time-forms.ts';

/*
 * What one record of an export counts as, by a definition. A line of the games' table, and what is looked at of it:
 *
 *   { "Item": { "modelId": { "S": "session-sudoku-7f3a" }, "owner": { "S": "user-ada" }, "updatedAt": { "N": "1732233600" } } }
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 */

/** The values of a definition's attributes in one image, as DynamoDB JSON, by their place there; undefined where absent. */
export type ProjectedImage = readonly unknown[];

/** What counting needs of a record. */
export interface ProjectedRecord {
  /** `Item` or `NewImage`; null where the item is gone. */
  readonly image: ProjectedImage | null;
  /** `OldImage`; of an item that is gone and has none its `Keys`; null where it was not there before. */
  readonly old: ProjectedImage | null;
}

/** What a record is: activities (one or more), nothing that counts, or not fit for counting. */
export type RecordJudgement =
  | { readonly kind: 'activities'; readonly activities: readonly Activity[] }
  | { readonly kind: 'ignored' | 'deleted' }
  | Malformed;

/** Reasons are codes such as `owner.format`: attribute and what is wrong, never what stands in it. */
export interface Malformed {
  readonly kind: 'malformed';
  readonly reason: string;
}

/** An activity whose keys are of their form, with {@link numberOfApp numbers} in the place of its names. */
export interface NumberedParts {
  readonly activity: number;
  readonly app: number;
  readonly user: number;
  /** Epoch milliseconds; undefined where what should be the time is none, or the activity bears none. */
  readonly time: number | undefined;
  /** The digits of what the definition adds up, in the order of the activity's `sums`; absent where there are none. */
  readonly amounts?: readonly string[];
}

/** Gives numbers to names: the same one whenever a name comes again. */
export interface NameNumbers {
  app(name: string): number;
  user(userId: string): number;
}

const malformed = (reason: string): Malformed => ({ kind: 'malformed', reason });

export const isMalformed = (value: object): value is Malformed => 'kind' in value && value.kind === 'malformed';

export const isNumbered = (value: NumberedActivity | Malformed): value is NumberedActivity => !isMalformed(value);

/** The number of an app; its name is judged here, once for all its records. A reader tells none that is too long. */
export const numberOfApp = (names: NameNumbers, name: string): number =>
  name.startsWith(RESERVED_APP_PREFIX) ? RESERVED_APP : names.app(appName.parse(name));

/** The number of a user; the name is judged here, once for all the user's records. A reader tells none that is too long. */
export const numberOfUser = (names: NameNumbers, userId: string): number => names.user(userName.parse(userId));

/** What zod has to say of an activity; the fields stand in the order in which they are reported. */
const appName = z
  .string()
  .min(1)
  .refine((app) => !app.startsWith(RESERVED_APP_PREFIX), { message: 'reserved', abort: true })
  .refine((app) => hasBytes(app, MAX_APP_BYTES), { message: 'tooLong' });
const userName = z.string().refine((userId) => hasBytes(userId, MAX_USER_BYTES), { message: 'tooLong' });
const activitySchema = z.object({ app: appName, userId: userName, day: z.number() });
const numberedSchema = z.object({ app: z.number(), user: z.number(), day: z.number() });

/** A text of that many characters has three times as many bytes at most. */
const hasBytes = (text: string, max: number): boolean => text.length * 3 <= max || Buffer.byteLength(text) <= max;

/** In the place of the number of an app whose name is refused. */
const RESERVED_APP = -1;

/** Judges the records of one export. */
export class RecordJudge {
  readonly #names: readonly string[];
  readonly #told: readonly { readonly activity: ActivityDefinition; readonly index: number }[];

  constructor(readonly rules: CountingRules) {
    const { definition, told } = rules;
    this.#names = definition.attributes.map(formatPath);
    this.#told = definition.activities
      .map((activity, index) => ({ activity, index }))
      .filter(({ index }) => told[index] === true);
  }

  judge({ image, old }: ProjectedRecord): RecordJudgement {
    const views = { image: image && viewsOf(image), old: old && viewsOf(old) };
    if (views.image !== null) {
      for (const attribute of this.rules.definition.required) {
        const view = views.image(attribute);
        if (view.type !== 'S') return this.#malformed(attribute, view.type === 'absent' ? 'missing' : 'type');
      }
    }
    const activities: Activity[] = [];
    for (const { activity, index } of this.#told) {
      const looked = lookedAt(activity, views);
      const taken = looked && takenBy(activity.is, looked);
      if (looked === undefined || taken === undefined) continue;
      const read = this.#read(activity, index, looked, taken);
      if (isMalformed(read)) return read;
      activities.push(read);
    }
    if (activities.length > 0) return { kind: 'activities', activities };
    return { kind: image === null ? 'deleted' : 'ignored' };
  }

  /** Judges an activity whose names have been numbered. Called for nearly every one, millions of times. */
  judgeNumbered({ activity, app, user, time, amounts }: NumberedParts): NumberedActivity | Malformed {
    const { at, sums } = this.rules.definition.activities[activity] as ActivityDefinition;
    const day = at === null ? this.rules.day : time === undefined ? undefined : dayOfMillis(time);
    const { data } = numberedSchema.safeParse({ app, user, day });
    if (data === undefined) return this.#malformed(at?.attribute ?? 0, 'format');
    if (data.app === RESERVED_APP) return malformed('app.reserved');
    // Each by its name: copying an object in a spread costs more than all the rest of a record.
    if (sums.length === 0) return { activity, app: data.app, user: data.user, day: data.day };
    const numbers = this.#amounts(sums, (index) => amounts?.[index] ?? '');
    return isMalformed(numbers) ? numbers : { activity, app: data.app, user: data.user, day: data.day, amounts: numbers };
  }

  #malformed(attribute: number, what: 'missing' | 'type' | 'format' | 'tooLong'): Malformed {
    return malformed(`${this.#names[attribute]}.${what}`);
  }

  #tooLong(index: number, hole: 'app' | 'user'): Malformed {
    return this.#malformed(this.rules.definition.activities[index]?.[hole] ?? 0, 'tooLong');
  }

  /** First what is there and of which type, then of which form: so says the order in which reasons are reported. */
  #read(activity: ActivityDefinition, index: number, image: ImageView, matched: Taken): Activity | Malformed {
    const wrong = this.#wrongType(activity, image);
    if (wrong !== undefined) return wrong;
    let taken: Taken | undefined = matched;
    for (const { attribute, template } of activity.read) {
      taken = matchTemplate(template, textOf(image(attribute)), taken);
      if (taken === undefined) return this.#malformed(attribute, 'format');
    }
    const day = activity.at === null ? this.rules.day : dayOf(activity.at, image, taken);
    if (day === undefined || day === null) return this.#malformed(activity.at?.attribute ?? 0, 'format');
    const amounts = this.#amounts(activity.sums, (sum) => textOf(image(activity.sums[sum] as number)));
    if (isMalformed(amounts)) return amounts;
    const named = { app: taken.get('app') ?? this.rules.definition.app, userId: taken.get('user') ?? NOBODY, day };
    const { data, error } = activitySchema.safeParse(named);
    if (data !== undefined) return { activity: index, ...data, ...(amounts.length > 0 && { amounts }) };
    const issue = error.issues[0];
    if (issue?.message === 'reserved') return malformed('app.reserved');
    return this.#tooLong(index, issue?.path[0] === 'app' ? 'app' : 'user');
  }

  #wrongType({ read, at, sums }: ActivityDefinition, image: ImageView): Malformed | undefined {
    for (const { attribute, type } of read) {
      if (image(attribute).type !== type) return this.#missingOrType(attribute, image);
    }
    if (at !== null && at.hole === null) {
      const { type } = image(at.attribute);
      if (!Object.hasOwn(timeReadings[at.as], type)) return this.#missingOrType(at.attribute, image);
    }
    const wrong = sums.find((attribute) => image(attribute).type !== 'N');
    return wrong === undefined ? undefined : this.#missingOrType(wrong, image);
  }

  #missingOrType(attribute: number, image: ImageView): Malformed {
    return this.#malformed(attribute, image(attribute).type === 'absent' ? 'missing' : 'type');
  }

  #amounts(sums: readonly number[], digits: (sum: number) => string): readonly Decimal[] | Malformed {
    const amounts: Decimal[] = [];
    for (const [sum, attribute] of sums.entries()) {
      const amount = parseDecimal(digits(sum));
      if (amount === undefined) return this.#malformed(attribute, 'format');
      amounts.push(amount);
    }
    return amounts;
  }
}

/** Each attribute of an image, judged by zod when it is first asked for. */
function viewsOf(image: ProjectedImage): ImageView {
  const views: AttributeView[] = [];
  return (attribute) => {
    views[attribute] ??= viewOf(image[attribute]);
    return views[attribute];
  };
}

/** The image that an activity is looked for in; undefined where what became of the item is something else. */
function lookedAt(
  { on }: ActivityDefinition,
  { image, old }: { readonly image: ImageView | null; readonly old: ImageView | null },
): ImageView | undefined {
  switch (on.kind) {
    case 'put':
      return image ?? undefined;
    case 'insert':
      return old === null && image !== null ? image : undefined;
    case 'delete':
      return image === null && old !== null ? old : undefined;
    case 'becomes': {
      const was = old !== null && takenBy(on.conditions, old) !== undefined;
      return image !== null && !was && takenBy(on.conditions, image) !== undefined ? image : undefined;
    }
  }
}

const textOf = (view: AttributeView): string => ('text' in view ? view.text : '');

function dayOf({ attribute, hole, as }: TimeSource, image: ImageView, taken: Taken): UtcDay | undefined {
  const view = image(attribute);
  const text = hole === null ? textOf(view) : (taken.get(hole) ?? '');
  const from = hole !== null ? 'hole' : view.type === 'N' ? 'N' : 'S';
  const millis = timeReadings[as][from]?.(text);
  return millis === undefined ? undefined : dayOfMillis(millis);
}
