import { rulesFor } from '../../src/domain/counting-rules.ts';
import { parseDefinition } from '../../src/schemas/definition.ts';

/*
 * The games' table as tests know it: the definition that domain/provenance.ts calls the first, which stays what it is,
 * whatever becomes of the preset. So a test that counts games says itself what it counts, and a metric or an activity
 * that is added to the preset is no matter of its.
 */
export const firstGames = parseDefinition(
  {
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
  },
  'the first games',
);

/** Their places in the definition. */
export const [SESSION, PARTY, MEMBER] = [0, 1, 2] as const;

/** As an incremental export tells them: all of them. */
export const gamesRules = rulesFor(firstGames, {
  exportType: 'INCREMENTAL_EXPORT',
  hasOldImages: true,
  day: null,
});
