import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { Daytally } from '../../cdk/constructs/daytally.ts';
import { NodeFunction } from '../../cdk/constructs/node-function.ts';
import { gamesDefinition } from '../../src/definitions/preset.ts';
import { defineTable } from '../../src/domain/define-table.ts';
import type { Definition } from '../../src/domain/definition.ts';
import { parseDefinitionJson } from '../../src/schemas/definition.ts';
import { InvalidInput } from '../../src/schemas/parse-input.ts';
import { shop } from '../support/another-table.ts';
import { definitionFile } from '../support/definition-file.ts';
import { temporaryDirectory } from '../support/exports.ts';
import { firstGames } from '../support/first-games.ts';
import { resourceOf, resourcesOf } from './support/readable.ts';
import { runApp } from './support/run-app.ts';
import { foreignStack } from './support/synthesize.ts';

const graphsOf = (template: Template): string[] => {
  const { DashboardBody } = resourceOf(template, 'AWS::CloudWatch::Dashboard').Properties;
  const { widgets } = JSON.parse(String(DashboardBody)) as { widgets: { properties: { title?: string } }[] };
  return widgets.flatMap(({ properties: { title } }) => title ?? []);
};
const titlesOf = ({ metrics }: Definition): string[] => metrics.map(({ title }) => title);

function templateWith(definition?: ConstructorParameters<typeof Daytally>[2]['definition']): Template {
  const stack = foreignStack();
  new Daytally(stack, 'Daytally', { table: Table.fromTableName(stack, 'Table', 'table'), definition });
  return Template.fromStack(stack);
}

describe('the definition of a construct', () => {
  it.each<[string, () => Parameters<typeof templateWith>[0], Definition]>([
    ['the preset, where none is given', () => undefined, gamesDefinition],
    ['a path', () => definitionFile(shop), shop],
    ['what defineTable has made', () => defineTable(JSON.parse(shop.json)), shop],
  ])('may be %s: each of its metrics has a graph', (_what, given, definition) => {
    const graphs = graphsOf(templateWith(given()));
    expect(graphs.slice(1, definition.metrics.length + 1)).toEqual(titlesOf(definition));
  });

  it('is named to the functions that count, and to no other', () => {
    const functions = Object.entries(resourcesOf(templateWith(definitionFile(shop)), 'AWS::Lambda::Function'));
    const named = functions.filter(([, { Properties }]) => {
      const { Variables } = Properties.Environment as { Variables: Record<string, string> };
      return Variables.DEFINITION_FILE === 'definition.json';
    });
    expect(named.map(([id]) => id).sort()).toEqual([
      'AggregationAggregatorFunction',
      'AggregationLargeMapFilesFunction',
      'AggregationLargeMergeShardFunction',
      'AggregationLargePublishFunction',
      'HistoryWidgetFunction',
    ]);
    expect(functions).toHaveLength(6);
  });

  it.each([
    ['/nowhere/daytally.json', /^\/nowhere\/daytally\.json is not valid: .*no such file/],
    [{ version: 1, activities: {}, metrics: {} }, /^the definition is not valid: activities: expected at least one/],
  ])('that is wrong fails at synth: %j', (given, message) => {
    const synth = () => templateWith(given as string);
    expect(synth).toThrow(InvalidInput);
    expect(synth).toThrow(message);
  });

  it('names the file and the place in it that is wrong', () => {
    const { metrics, ...table } = JSON.parse(shop.json);
    const json = JSON.stringify({ ...table, metrics: { ...metrics, orders: { of: 'ordr', measure: 'count' } } });
    const file = definitionFile({ json });
    expect(() => templateWith(file)).toThrow(`${file} is not valid: metrics.orders.of: expected one of the activities`);
    expect(() => templateWith(file)).toThrow('did you mean "order"?');
  });
});

/** Where the cloud assembly has what is uploaded under a key. */
const assetOf = (key: string): string => `asset.${key.replace('.zip', '')}`;

describe('the code of a function', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'daytally-definition-'));
  afterAll(() => rmSync(outdir, { recursive: true }));

  it('has its own definition beside it, also where another in the app has another', () => {
    const app = new App({ outdir });
    const stack = new Stack(app, 'Stack');
    const common = { entry: 'merge-shard', description: '', memorySizeMib: 128, timeout: Duration.seconds(1) };
    for (const [id, definition] of Object.entries({ Games: firstGames, Shop: shop })) {
      new NodeFunction(stack, id, { ...common, environment: {}, definition });
    }
    app.synth();
    const template = JSON.parse(readFileSync(join(outdir, 'Stack.template.json'), 'utf8')) as {
      Resources: Record<string, { Type: string; Properties: { Code: { S3Key: string } } }>;
    };
    const assets = Object.entries(template.Resources)
      .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
      .map(([id, { Properties }]) => [id.replace(/Function.*/, ''), assetOf(Properties.Code.S3Key)] as const);
    const beside = assets.map(([id, asset]) => {
      expect(readdirSync(join(outdir, asset))).toContain('index.mjs');
      return [id, parseDefinitionJson(readFileSync(join(outdir, asset, 'definition.json'), 'utf8'), asset)];
    });
    expect(Object.fromEntries(beside)).toEqual({ Games: firstGames, Shop: shop });
  });
});

describe('the context key definition', () => {
  it('is the path of JSON, or of a module', () => {
    const file = join(temporaryDirectory(), 'daytally.mjs');
    writeFileSync(file, `export default ${shop.json};\n`);
    const { status, stderr, template } = runApp({ tableName: 'shop', definition: file });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(graphsOf(template())).toEqual(expect.arrayContaining(titlesOf(shop)));
  });

  it('is refused with one sentence that names the file', () => {
    const file = definitionFile({ json: '{"version": 2}' });
    const { status, stderr } = runApp({ tableName: 'shop', definition: file });
    expect(status).toBe(1);
    expect(stderr.trim()).toMatch(new RegExp(`^${file} is not valid: version: expected 1, the only version there is`));
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
