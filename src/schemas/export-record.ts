import * as z from 'zod';
import {
  type Activity,
  type ActivityType,
  activityTypes,
  modelIdPrefixes,
  type NumberedActivity,
  RESERVED_APP_PREFIX,
} from '../domain/activity.ts';
import { dayOfMillis } from '../domain/utc-day.ts';
import { millisOfDateTime, millisOfNumber } from './timestamp.ts';

/*
 * The attributes that counting needs of a record's image, as DynamoDB JSON. A session, a party and a member:
 *
 *   { "modelId": { "S": "session-sudoku-7f3a" }, "owner": { "S": "user-ada" },             "updatedAt": { "N": "1732233600" } }
 *   { "modelId": { "S": "party-sudoku-19bc" },   "owner": { "S": "user-ada" },             "createdAt": { "N": "1732233600" } }
 *   { "modelId": { "S": "member-user-grace" },   "owner": { "S": "party-sudoku-19bc" },    "createdAt": { "S": "2024-11-22T00:00:00Z" } }
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 */

/** A record that is an activity or not fit for counting; `ignored` is an item of another kind. */
export type RecordJudgement =
  | { readonly kind: 'activity'; readonly activity: Activity }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'malformed'; readonly reason: string };

/** The projected attributes of a record's image; others, if there, are not looked at. */
export interface ImageAttributes {
  readonly modelId?: unknown;
  readonly owner?: unknown;
  readonly createdAt?: unknown;
  readonly updatedAt?: unknown;
}

/** An activity whose keys and time have been taken apart. */
interface ActivityParts {
  /** As `modelId` says it by its prefix. */
  readonly type: ActivityType;
  /** Undefined where the key that it stands in is not of its form. */
  readonly app: string | undefined;
  /** Undefined where the key that it stands in is not of its form. */
  readonly userId: string | undefined;
  /** Epoch milliseconds; undefined where the type's {@link timeAttributes time attribute} is no time. */
  readonly time: number | undefined;
}

/** An activity whose keys are of their form, with {@link numberOfApp numbers} in the place of its names. */
export interface NumberedParts {
  readonly type: ActivityType;
  readonly app: number;
  readonly user: number;
  /** As in {@link ActivityParts}. */
  readonly time: number | undefined;
}

/** As {@link RecordJudgement}, of {@link NumberedParts}. */
export type NumberedJudgement =
  | { readonly kind: 'activity'; readonly activity: NumberedActivity }
  | { readonly kind: 'malformed'; readonly reason: string };

/** Gives numbers to names: the same one whenever a name comes again. */
export interface NameNumbers {
  app(name: string): number;
  user(userId: string): number;
}

/** Which attribute says when an activity was. */
const timeAttributes = {
  session: 'updatedAt',
  party: 'createdAt',
  member: 'createdAt',
} as const satisfies Record<ActivityType, keyof ImageAttributes>;

const textValue = z.strictObject({ S: z.string() });
const numberValue = z.strictObject({ N: z.string() });
const timeValue = z.union([numberValue, textValue]);

/** What zod has to say of an activity; the fields stand in the order in which they are reported. */
const text = z.string();
const activitySchemas = {
  session: z.object({ app: text, userId: text, time: z.number() }),
  party: z.object({ app: text, userId: text, time: z.number() }),
  member: z.object({ userId: text, app: text, time: z.number() }),
} satisfies Record<ActivityType, unknown>;

/** Where a part of an activity comes from. */
const sources = {
  session: { app: 'modelId', userId: 'owner', time: timeAttributes.session },
  party: { app: 'modelId', userId: 'owner', time: timeAttributes.party },
  member: { app: 'owner', userId: 'modelId', time: timeAttributes.member },
} as const satisfies Record<ActivityType, Record<'app' | 'userId' | 'time', keyof ImageAttributes>>;

/** The type of activity that a `modelId` names by its prefix, or undefined where it is another kind of item's. */
const activityTypeOf = (modelId: string): ActivityType | undefined =>
  activityTypes.find((type) => modelId.startsWith(modelIdPrefixes[type]));

/** Judges a record by its image's projected attributes. Reasons are codes such as `owner.format`. */
export function judgeRecord(image: ImageAttributes): RecordJudgement {
  const key = textValue.safeParse(image.modelId);
  if (!key.success) return malformed(reasonFor('modelId', image.modelId));
  const modelId = key.data.S;
  const type = activityTypeOf(modelId);
  if (type === undefined) return { kind: 'ignored' };
  const owner = textValue.safeParse(image.owner);
  if (!owner.success) return malformed(reasonFor('owner', image.owner));
  const attribute = timeAttributes[type];
  const time = timeValue.safeParse(image[attribute]);
  if (!time.success) return malformed(reasonFor(attribute, image[attribute]));
  const millis = 'N' in time.data ? millisOfNumber(time.data.N) : millisOfDateTime(time.data.S);
  return judgeActivity({ type, ...readKeys(type, modelId, owner.data.S), time: millis });
}

function judgeActivity({ type, app, userId, time }: ActivityParts): RecordJudgement {
  const { data, error } = activitySchemas[type].safeParse({ app, userId, time });
  if (data === undefined) {
    return malformed(`${sources[type][error?.issues[0]?.path[0] as 'app' | 'userId' | 'time']}.format`);
  }
  if (data.app.startsWith(RESERVED_APP_PREFIX)) return malformed('app.reserved');
  return { kind: 'activity', activity: { type, app: data.app, userId: data.userId, day: dayOfMillis(data.time) } };
}

const anyName = z.string().min(1);
const numberedSchema = z.object({ app: z.number(), user: z.number(), time: z.number() });

/** In the place of the number of an app whose name is refused. */
const RESERVED_APP = -1;

/** The number of an app; its name is judged here, once for all its records. */
export const numberOfApp = (names: NameNumbers, name: string): number =>
  name.startsWith(RESERVED_APP_PREFIX) ? RESERVED_APP : names.app(anyName.parse(name));

/** The number of a user; the name is judged here, once for all the user's records. */
export const numberOfUser = (names: NameNumbers, userId: string): number => names.user(anyName.parse(userId));

/** Judges an activity whose names have been numbered. Called for nearly every one, millions of times. */
export function judgeNumbered({ type, app, user, time }: NumberedParts): NumberedJudgement {
  const { data } = numberedSchema.safeParse({ app, user, time });
  if (data === undefined) return malformed(`${timeAttributes[type]}.format`);
  if (data.app === RESERVED_APP) return malformed('app.reserved');
  return { kind: 'activity', activity: { type, app: data.app, user: data.user, day: dayOfMillis(data.time) } };
}

const readKeys = (type: ActivityType, modelId: string, owner: string): Pick<ActivityParts, 'app' | 'userId'> =>
  type === 'member'
    ? { app: appOf(owner, modelIdPrefixes.party), userId: behind(modelId, modelIdPrefixes.member) }
    : { app: appOf(modelId, modelIdPrefixes[type]), userId: behind(owner, 'user-') };

/** `{prefix}{app}-{id}`: app is what stands before the next hyphen, id is all the rest; neither is empty. */
function appOf(key: string, prefix: string): string | undefined {
  const rest = behind(key, prefix);
  const end = rest?.indexOf('-') ?? -1;
  return rest !== undefined && end > 0 && end + 1 < rest.length ? rest.slice(0, end) : undefined;
}

/** What stands behind the prefix, which is not nothing. */
const behind = (key: string, prefix: string): string | undefined =>
  key.length > prefix.length && key.startsWith(prefix) ? key.slice(prefix.length) : undefined;

const malformed = (reason: string): { readonly kind: 'malformed'; readonly reason: string } => ({
  kind: 'malformed',
  reason,
});

/** `missing`, or `type`: not of a DynamoDB type that is allowed here. */
const reasonFor = (attribute: keyof ImageAttributes, value: unknown): string =>
  `${attribute}.${value === undefined ? 'missing' : 'type'}`;
