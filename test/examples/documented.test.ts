import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { doubtsAbout } from '../../src/cli/check/definition-text.ts';
import { describeFailure } from '../../src/cli/failures.ts';
import { loadDefinition } from '../../src/definitions/load.ts';
import { gamesDefinition } from '../../src/definitions/preset.ts';
import { parseDefinitionJson } from '../../src/schemas/definition.ts';
import { InvalidInput } from '../../src/schemas/parse-input.ts';
import { exampleFile } from '../support/examples.ts';

const manual = readFileSync(resolve(import.meta.dirname, '../../docs/definitions.md'), 'utf8');
const examples = readdirSync(exampleFile('.'));

const blocksOf = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, block = '']) => block);

const partBetween = (start: string, end: string): string =>
  manual.slice(manual.indexOf(`\n${start}\n`), manual.indexOf(`\n${end}\n`));

const recipes = partBetween('## Recipes', '## Messages').split('\n### ').slice(1);

describe('every example', () => {
  it.each(examples)('is a definition, in the manual, tested, and nothing is doubtful of it: %s', async (name) => {
    expect(doubtsAbout(await loadDefinition(exampleFile(name)))).toEqual([]);
    expect(manual).toContain(`(../examples/${name})`);
    const tests = readdirSync(import.meta.dirname).map((file) =>
      readFileSync(resolve(import.meta.dirname, file), 'utf8'),
    );
    expect(tests.some((test) => test.includes(`'${name}'`)) || name === 'shop.json').toBe(true);
  });

  it('that is the preset says what the preset says', async () => {
    expect((await loadDefinition(exampleFile('games.json'))).hash).toBe(gamesDefinition.hash);
  });
});

describe('docs/definitions.md', () => {
  it.each(
    recipes.map((recipe) => [recipe.split('\n')[0] ?? '', recipe] as const),
  )('shows in its recipe what stands in the example: %s', async (_title, recipe) => {
    const name = /\(\.\.\/examples\/([^)]*)\)/.exec(recipe)?.[1] ?? '';
    const { activities } = JSON.parse(readFileSync(exampleFile(name), 'utf8'));
    const [block = ''] = blocksOf(recipe, 'json');
    const shown = Object.entries(JSON.parse(`{${block}}`));
    expect(shown.length).toBeGreaterThan(0);
    for (const [id, activity] of shown) expect(activity, id).toEqual(activities[id]);
  });

  it('leads with definitions that are right', () => {
    const blocks = blocksOf(partBetween('## In five minutes', '## Reference'), 'json');
    expect(blocks.map((block) => parseDefinitionJson(block, 'daytally.json').metrics.length)).toEqual([2, 4]);
  });

  it('shows messages as they are', () => {
    const wrong = {
      version: 1,
      separator: '#',
      activities: {
        visit: { is: { PK: 'USER#${user}', SK: 'VISIT#${day}' }, at: { hole: 'dya', as: 'date' } },
        order: { is: { PK: 'USER#${user}${id}' }, on: { becomes: { status: { onOf: ['paid', 'shipped'] } } } },
      },
      metrics: {
        visits: { of: 'visits', measure: 'countPerUser' },
        revenue: { of: 'visit', measure: { sum: 'total' } },
      },
    };
    const { visit, order } = wrong.activities;
    const said = [wrong, { ...wrong, activities: { visit, order: { is: order.is } } }].flatMap(messagesOf);
    for (const line of said) expect(manual.includes(`\n${line}\n`), line).toBe(true);
    expect(said.length).toBeGreaterThan(4);
  });

  it('names every time form, change and measure that there is', async () => {
    const { definitionSchema } = await import('../../scripts/definition-schema.ts');
    const words = [...definitionSchema().matchAll(/"(?:const|enum)": (\[[^\]]*\]|"[^"]*")/g)].flatMap(
      ([, value = '']) => [JSON.parse(value)].flat(),
    );
    expect(words.length).toBeGreaterThan(12);
    for (const word of words) expect(manual, word).toMatch(new RegExp(`["\`]${word}["\`]`));
  });
});

/** What a person reads of what is wrong with a definition. */
function messagesOf(input: unknown): string[] {
  try {
    parseDefinitionJson(JSON.stringify(input), 'daytally.json');
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInput);
    return describeFailure(error, false).split('\n');
  }
  return [];
}
