import { expect, it } from 'vitest';
import { gamesDefinition } from '../../src/definitions/preset.ts';
import { FIRST_DEFINITION } from '../../src/domain/provenance.ts';
import { firstGames } from '../support/first-games.ts';

/*
 * The preset's own test: a metric or an activity that is added to it changes this snapshot and nothing else. Which hash
 * it then has stands in the tables of whoever counts by it: a changed one shows as a break in their reports.
 */
it('is the definition that was reviewed', () => {
  const { json: _written, ...definition } = gamesDefinition;
  expect(definition).toMatchSnapshot();
});

it('was at first what counted before records said which definition had', () => {
  expect(firstGames.hash).toBe(FIRST_DEFINITION);
});
