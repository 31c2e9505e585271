import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runDemo } from '../../src/cli/demo/run-demo.ts';
import { worldFor } from '../../src/cli/demo/worlds.ts';
import { gamesDefinition } from '../../src/definitions/preset.ts';
import { parseDefinition } from '../../src/schemas/definition.ts';
import { exampleFile } from '../support/examples.ts';
import { temporaryDirectory } from '../support/exports.ts';
import { listeningTerminal, runCli } from '../support/run-cli.ts';
import { shopDefinition } from '../support/shop.ts';

const ordersOnly = parseDefinition(
  {
    version: 1,
    activities: { order: { is: { Type: 'Order' }, on: 'insert' } },
    metrics: { orders: { of: 'order', measure: 'count' } },
  },
  'test',
);

describe('the world that the demo plays', () => {
  it.each([
    ['the preset', gamesDefinition, /three games/],
    ['examples/shop.json', shopDefinition, /three stores/],
    ['another definition of the shop’s table', ordersOnly, /three stores/],
  ])('is that of the definition: %s', (_name, definition, people) => {
    expect(worldFor(definition).people).toMatch(people);
  });

  it('is none where the definition is of another table, and the demo says which it can play', async () => {
    const folder = temporaryDirectory();
    const result = await runCli('demo', '--definition', exampleFile('electrodb.json'), '--out', join(folder, 'demo'));
    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toMatch(
      /^daytally: the demo can play no table that this definition is of; .*games.*shop\.json.*found .*order.*aggregate/,
    );
  });
});

it('plays the shop through the chain: sums in the report, and what a full export cannot tell is said', async () => {
  const { terminal, written } = listeningTerminal();
  const folder = join(temporaryDirectory(), 'demo');
  const named = 'examples/shop.json';
  await runDemo({ definition: shopDefinition, named, nights: 2, folder, today: 20_050, seed: 7 }, terminal);
  expect(written.stderr).toContain('People buy in three stores since 2024-11-02.');
  expect(written.stderr).toContain('A full export cannot tell 8 metrics: they are empty on those days, not 0.');
  expect(written.stderr).toMatch(/aggregate .*2024-11-22 --definition examples\/shop\.json\n$/);
  expect(written.stdout).toMatch(/Revenue[\s\S]*berlin .* \d[\d,]*\.\d/);
});
