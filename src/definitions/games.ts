import { defineTable, type MetricIdOf } from '../domain/define-table.ts';

/**
 * The preset and the default: a table of sessions, parties and members of games, keyed `session-sudoku-7f3a`,
 * `party-sudoku-19bc` and `member-user-grace`.
 */
export const games = defineTable({
  version: 1,
  separator: '-',
  required: ['modelId'],
  activities: {
    session: {
      is: { modelId: { startsWith: 'session-' } },
      read: { modelId: 'session-${app}-${id*}', owner: 'user-${user*}' },
      at: 'updatedAt',
    },
    party: {
      is: { modelId: { startsWith: 'party-' } },
      read: { modelId: 'party-${app}-${id*}', owner: 'user-${user*}' },
      at: 'createdAt',
    },
    member: {
      is: { modelId: { startsWith: 'member-user-' } },
      read: { modelId: 'member-user-${user*}', owner: 'party-${app}-${id*}' },
      at: 'createdAt',
    },
  },
  metrics: {
    activeUsers: {
      of: 'session',
      measure: 'distinctUsers',
      title: 'Active users',
      description: 'Distinct users who played at least one game',
      stored: 'activeUserIds',
    },
    gamesPlayed: {
      of: 'session',
      measure: 'countPerUser',
      title: 'Games played',
      description: 'Game sessions',
      stored: 'gamesPerUser',
    },
    partiesCreated: {
      of: 'party',
      measure: 'countPerUser',
      title: 'Parties created',
      description: 'Parties that users opened',
    },
    partiesJoined: {
      of: 'member',
      measure: 'count',
      title: 'Parties joined',
      description: 'Times a user joined a party',
    },
  },
});

/** The metrics that there were before stored numbers said by which definition they were counted. They stay these four. */
export const firstMetrics = [
  'activeUsers',
  'gamesPlayed',
  'partiesCreated',
  'partiesJoined',
] as const satisfies readonly MetricIdOf<typeof games>[];
