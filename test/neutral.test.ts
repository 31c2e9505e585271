import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** What only the games' table is about, and so nothing may name but the preset and the simulated game. */
const words = new Set(['session', 'sessions', 'party', 'parties', 'owner', 'owners']);
const names = /model_?id|gamesPlayed|gamesPerUser|partiesCreated|partiesJoined|activeUser/i;
const theirs = /^src\/(?:definitions\/games\.ts|adapters\/local\/simulated-[\w-]+\.ts)$/;

/** Knows what attributes of any table may be called. */
const vocabulary = 'src/domain/describe/vocabulary.ts';

/** AWS's own. */
const ofAws = /BUCKET_OWNER_ENFORCED/g;

const files = ['src', 'cdk']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((file) => /\.(?:ts|css|html|json)$/.test(file) && !file.endsWith('.generated.ts'));

/** `isSessionKey` has the word session as well as `SESSION_KEY` has. */
const wordsOf = (line: string): string[] =>
  line
    .replace(ofAws, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);

const speaksOfGames = (line: string): boolean => names.test(line) || wordsOf(line).some((word) => words.has(word));

const linesOf = (file: string): string[] =>
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .flatMap((line, index) => (speaksOfGames(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []));

describe('the code knows no table of its own', () => {
  it('speaks of games in the preset and the simulated game alone', () => {
    expect(files.filter((file) => !theirs.test(file) && file !== vocabulary).flatMap(linesOf)).toEqual([]);
  });

  it.each([...files.filter((file) => theirs.test(file) && linesOf(file).length > 0)])('finds it in %s', (file) => {
    expect(linesOf(file)).not.toEqual([]);
  });

  it('looks at all that there is, and would find more', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(files.filter((file) => theirs.test(file)).length).toBeGreaterThan(3);
    expect(['const isSessionKey = 1', 'KIND.PARTY', 'the owner of it', '{ modelId: 7 }'].every(speaksOfGames)).toBe(
      true,
    );
    expect(speaksOfGames('objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,')).toBe(false);
  });
});
