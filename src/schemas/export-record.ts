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

/** `{type}-{app}-{id}`: app is what stands between the first two hyphens, id is all the rest; neither is empty. */
const typedKey = (type: string) => z.string().regex(new RegExp(`^${type}-[^-]+-[\\s\\S]`));
const stringOf = <S extends z.ZodType>(schema: S) => z.strictObject({ S: schema });
const timestamp = z.union([
  z.strictObject({ N: z.string().transform(millisOfNumber).pipe(z.number()) }).transform(({ N }) => N),
  z.strictObject({ S: z.string().transform(millisOfDateTime).pipe(z.number()) }).transform(({ S }) => S),
]);
const userKey = z.string().regex(/^user-[\s\S]/);

const anyKey = stringOf(z.string());
const session = z.object({ modelId: stringOf(typedKey('session')), owner: stringOf(userKey), updatedAt: timestamp });
const party = z.object({ modelId: stringOf(typedKey('party')), owner: stringOf(userKey), createdAt: timestamp });
const member = z.object({
  modelId: stringOf(z.string().regex(/^member-user-[\s\S]/)),
  owner: stringOf(typedKey('party')),
  createdAt: timestamp,
});

interface Parts {
  readonly app: string;
  readonly userId: string;
  readonly millis: number;
}

const appOf = (key: string): string => key.split('-', 2)[1] ?? '';
const userOf = (key: string, prefix: string): string => key.slice(prefix.length);

const activitySchemas = {
  session: session.transform(({ modelId, owner, updatedAt }) => parts(modelId.S, owner.S, updatedAt)),
  party: party.transform(({ modelId, owner, createdAt }) => parts(modelId.S, owner.S, createdAt)),
  member: member.transform(
    ({ modelId, owner, createdAt }): Parts => ({
      app: appOf(owner.S),
      userId: userOf(modelId.S, modelIdPrefixes.member),
      millis: createdAt,
    }),
  ),
} satisfies Record<ActivityType, z.ZodType<Parts>>;

const parts = (typed: string, owner: string, millis: number): Parts => ({
  app: appOf(typed),
  userId: userOf(owner, 'user-'),
  millis,
});

/** The type of activity that a `modelId` names by its prefix, or undefined where it is another kind of item's. */
export const activityTypeOf = (modelId: string): ActivityType | undefined =>
  activityTypes.find((type) => modelId.startsWith(modelIdPrefixes[type]));

/** Judges a record by its image's projected attributes. Reasons are codes such as `owner.format`. */
export function judgeRecord(image: ImageAttributes): RecordJudgement {
  const key = anyKey.safeParse(image.modelId);
  if (!key.success) return { kind: 'malformed', reason: reasonFor('modelId', image) };
  const type = activityTypeOf(key.data.S);
  if (type === undefined) return { kind: 'ignored' };
  const result = activitySchemas[type].safeParse(image);
  if (!result.success) {
    return { kind: 'malformed', reason: reasonFor(result.error.issues[0]?.path[0] as Attribute, image) };
  }
  const { app, userId, millis } = result.data;
  if (app.startsWith(RESERVED_APP_PREFIX)) return { kind: 'malformed', reason: 'app.reserved' };
  return { kind: 'activity', activity: { type, app, userId, day: dayOfMillis(millis) } };
}

type Attribute = keyof ImageAttributes;

/** Which types an attribute may have. */
const allowedTypes: Record<Attribute, readonly string[]> = {
  modelId: ['S'],
  owner: ['S'],
  createdAt: ['N', 'S'],
  updatedAt: ['N', 'S'],
};

/** `missing`, `type` (not of a DynamoDB type that is allowed here) or `format` (of that type, but not readable). */
function reasonFor(attribute: Attribute, image: ImageAttributes): string {
  const value = image[attribute];
  if (value === undefined) return `${attribute}.missing`;
  const entries = Object.entries(value ?? {});
  const [type = '', content] = entries[0] ?? [];
  const typed = entries.length === 1 && allowedTypes[attribute].includes(type) && typeof content === 'string';
  return `${attribute}.${typed ? 'format' : 'type'}`;
}
