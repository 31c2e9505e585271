import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** One activity, read off an item in the most direct way. */
interface Activity {
  readonly date: string;
  readonly app: string;
  readonly kind: string;
  readonly user: string;
}

/** The numbers of one app and day. */
export interface AppDay {
  readonly date: string;
  readonly app: string;
  readonly activeUsers: number;
  readonly gamesPlayed: number;
  readonly partiesCreated: number;
  readonly partiesJoined: number;
}

/** Counts items as one would by hand, for the days given; there is nothing of the pipeline in it. */
export function plainCount(
  items: readonly Record<string, AttributeValue>[],
  days: (date: string) => boolean,
): AppDay[] {
  const activities = items.flatMap(activityOf).filter(({ date }) => days(date));
  const cells = new Map(activities.map(({ date, app }) => [`${date} ${app}`, { date, app }]));
  return [...cells.values()]
    .map(({ date, app }) => {
      const here = activities.filter((activity) => activity.date === date && activity.app === app);
      const of = (kind: string) => here.filter((activity) => activity.kind === kind);
      return {
        date,
        app,
        activeUsers: new Set(of('session').map(({ user }) => user)).size,
        gamesPlayed: of('session').length,
        partiesCreated: of('party').length,
        partiesJoined: of('member').length,
      };
    })
    .sort((a, b) => (`${a.date} ${a.app}` < `${b.date} ${b.app}` ? -1 : 1));
}

function activityOf({ modelId, owner, updatedAt, createdAt }: Record<string, AttributeValue>): Activity[] {
  const [kind = ''] = modelId?.S?.split('-') ?? [];
  const place = kind === 'member' ? owner?.S : modelId?.S;
  const user = kind === 'member' ? modelId?.S?.slice('member-user-'.length) : owner?.S?.slice('user-'.length);
  const known = kind === 'member' || ((kind === 'session' || kind === 'party') && owner?.S?.startsWith('user-'));
  if (!known) return [];
  const date = dateOf(kind === 'session' ? updatedAt : createdAt);
  return [{ date, app: place?.split('-')[1] ?? '', kind, user: user ?? '' }];
}

function dateOf(time: AttributeValue | undefined): string {
  const number = Number(time?.N);
  const instant = time?.S ?? (number < 1e11 ? number * 1000 : number);
  return new Date(instant).toISOString().slice(0, 10);
}
