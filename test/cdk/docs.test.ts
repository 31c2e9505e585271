import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contextKeys, parseContext } from '../../cdk/context.ts';
import { operationsMetrics } from '../../src/domain/operations-metrics.ts';
import { firstGames } from '../support/first-games.ts';
import { resourceOf, resourcesOf } from './support/readable.ts';
import { synthesize } from './support/synthesize.ts';

const template = synthesize();
const read = (name: string): string => readFileSync(resolve(import.meta.dirname, '../../docs', name), 'utf8');

/** The rows of the first table whose head begins so, without the head; cells are trimmed. */
function tableOf(markdown: string, head: string): string[][] {
  const [, ...lines] = markdown.slice(markdown.indexOf(`| ${head} |`)).split('\n');
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(1, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('docs/cost.md', () => {
  const text = read('cost.md');
  const rows = tableOf(text, 'resource');
  const items = rows.slice(0, -1).map(([name = '', quantity, price, amount]) => ({
    name,
    quantity: Number(quantity),
    price: Number(price),
    amount: Number(amount),
  }));
  const sumOf = (some: typeof items): number => some.reduce((sum, { amount }) => sum + amount, 0);
  const countOf = (type: string): number => Object.keys(resourcesOf(template, type)).length;

  it('has the quantities of the stack', () => {
    const { ProvisionedThroughput } = resourceOf(template, 'AWS::DynamoDB::Table').Properties;
    const { ReadCapacityUnits, WriteCapacityUnits } = ProvisionedThroughput as Record<string, number>;
    const alarms = Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
    const watched = alarms.flatMap(({ Metrics }) =>
      Array.isArray(Metrics) ? Metrics.filter((metric) => 'MetricStat' in metric) : ['the one metric'],
    );
    expect(Object.fromEntries(items.map(({ name, quantity }) => [name, quantity]))).toEqual({
      'CloudWatch dashboard': countOf('AWS::CloudWatch::Dashboard'),
      'Analytics Table, write capacity units': WriteCapacityUnits,
      'Analytics Table, read capacity units': ReadCapacityUnits,
      'Product metrics of one app': firstGames.metrics.length,
      'Operations metrics': Object.keys(operationsMetrics).length,
      'Metrics that alarms watch': watched.length,
    });
  });

  it('has right sums', () => {
    for (const { quantity, price, amount } of items) expect(amount).toBeCloseTo(quantity * price, 2);
    expect(rows.at(-1)?.[3]).toBe(`**${sumOf(items).toFixed(2)}**`);
    const table = items.filter(({ name }) => name.startsWith('Analytics Table'));
    const dashboard = items.filter(({ name }) => name === 'CloudWatch dashboard');
    expect(text).toContain(`About **$${sumOf([...table, ...dashboard]).toFixed(2)} a month**`);
    expect(text).toContain(`$${sumOf(table).toFixed(2)} where a free dashboard is left`);
    expect(text).toContain(`$${sumOf(items).toFixed(2)} where nothing is free`);
  });

  it('leaves out no kind of resource that costs by its being there', () => {
    const kinds = new Set(
      Object.values(template.toJSON().Resources as Record<string, { Type: string }>).map(({ Type }) => Type),
    );
    const priced = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::DynamoDB::Table'];
    const byUse = [
      'AWS::Events::Rule',
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
      'AWS::S3::Bucket',
      'AWS::SNS::Topic',
      'AWS::SQS::Queue',
      'AWS::StepFunctions::StateMachine',
    ];
    const free = [
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::Permission',
      'AWS::S3::BucketPolicy',
      'AWS::SNS::TopicPolicy',
      'AWS::SQS::QueuePolicy',
    ];
    expect([...kinds].filter((kind) => ![...priced, ...byUse, ...free].includes(kind))).toEqual([]);
  });
});

describe('docs/configuration.md', () => {
  const rows = tableOf(read('configuration.md'), 'key');

  it('has every key of the context, with its default', () => {
    const defaults: Record<string, unknown> = parseContext({ tableName: 'games' });
    expect(rows.map(([key]) => key)).toEqual(expect.arrayContaining(contextKeys.map((key) => `\`${key}\``)));
    expect(rows).toHaveLength(contextKeys.length);
    for (const [key = '', value] of rows.slice(1)) {
      const standard = defaults[key.replaceAll('`', '')];
      const none = key === '`definition`' ? 'the preset `games`' : 'none';
      expect(value, key).toBe(standard === undefined ? none : `\`${standard}\``);
    }
  });
});

describe('docs/runbook.md', () => {
  const alarms = Object.entries(resourcesOf(template, 'AWS::CloudWatch::Alarm'));

  it.each(alarms)('says what to do about the alarm %s, and the alarm says where', (id, { Properties }) => {
    const name = id.replace(/^Alarms/, '');
    expect(read('runbook.md')).toContain(`\n### ${name}\n`);
    expect(Properties.AlarmDescription).toContain(`docs/runbook.md, ${name}.`);
  });
});
