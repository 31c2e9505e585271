import * as z from 'zod';
import {
  type Activity,
  type ActivityType,
  activityTypes,
  modelIdPrefixes,
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

/** An activity's attributes without the objects around them. */
export interface ActivityText {
  /** As `modelId` says it by its prefix. */
  readonly type: ActivityType;
  readonly modelId: string;
  readonly owner: string;
  /** What stands in the type's {@link timeAttributes time attribute}. */
  readonly time: string;
  readonly timeType: 'N' | 'S';
}

/** Which attribute says when an activity was. */
export const timeAttributes = {
  session: 'updatedAt',
  party: 'createdAt',
  member: 'createdAt',
} as const satisfies Record<ActivityType, keyof ImageAttributes>;

const textValue = z.strictObject({ S: z.string() });
const numberValue = z.strictObject({ N: z.string() });
const timeValue = z.union([numberValue, textValue]);

/** `{type}-{app}-{id}`: app is what stands between the first two hyphens, id is all the rest; neither is empty. */
const typedKey = (type: string) => z.string().regex(new RegExp(`^${type}-[^-]+-[\\s\\S]`));
const userKey = z.string().regex(/^user-[\s\S]/);
const memberKey = z.string().regex(/^member-user-[\s\S]/);

/** `time` is in epoch milliseconds, undefined where the text says none: a transform in the schema costs three times more. */
const activitySchemas = {
  session: z.object({ modelId: typedKey('session'), owner: userKey, time: z.number() }),
  party: z.object({ modelId: typedKey('party'), owner: userKey, time: z.number() }),
  member: z.object({ modelId: memberKey, owner: typedKey('party'), time: z.number() }),
} satisfies Record<ActivityType, unknown>;

const toMillis = { N: millisOfNumber, S: millisOfDateTime } as const;

/** The type of activity that a `modelId` names by its prefix, or undefined where it is another kind of item's. */
export const activityTypeOf = (modelId: string): ActivityType | undefined =>
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
  const timeType = 'N' in time.data ? 'N' : 'S';
  const text = 'N' in time.data ? time.data.N : time.data.S;
  return judgeActivity({ type, modelId, owner: owner.data.S, time: text, timeType });
}

/** Judges an activity whose attributes are known to be plain text. Called for every one, millions of times. */
export function judgeActivity({ type, modelId, owner, time, timeType }: ActivityText): RecordJudgement {
  const { data, error } = activitySchemas[type].safeParse({ modelId, owner, time: toMillis[timeType](time) });
  if (data === undefined) {
    const field = error?.issues[0]?.path[0] as 'modelId' | 'owner' | 'time';
    return malformed(`${field === 'time' ? timeAttributes[type] : field}.format`);
  }
  const isMember = type === 'member';
  const app = appOf(isMember ? owner : modelId);
  if (app.startsWith(RESERVED_APP_PREFIX)) return malformed('app.reserved');
  const userId = isMember ? modelId.slice(modelIdPrefixes.member.length) : owner.slice('user-'.length);
  return { kind: 'activity', activity: { type, app, userId, day: dayOfMillis(data.time) } };
}

function appOf(key: string): string {
  const start = key.indexOf('-') + 1;
  return key.slice(start, key.indexOf('-', start));
}

const malformed = (reason: string): RecordJudgement => ({ kind: 'malformed', reason });

/** `missing`, or `type`: not of a DynamoDB type that is allowed here. */
const reasonFor = (attribute: keyof ImageAttributes, value: unknown): string =>
  `${attribute}.${value === undefined ? 'missing' : 'type'}`;
