import type { Definition } from '../../domain/definition.ts';
import { overlapsOf } from '../../domain/overlaps.ts';
import { inWords } from '../../report/definition-words.ts';
import { plural } from '../../report/format.ts';
import { type Paint, padEnd } from '../../report/terminal-text.ts';

/** What a definition counts, for a person. */
export function definitionText(definition: Definition, name: string, { bold }: Paint): string {
  const { activities, metrics, required } = inWords(definition);
  const width = Math.max(...metrics.map(({ id }) => id.length)) + 2;
  return [
    `${name}: ${plural(activities.length, 'activity', 'activities')}, ${plural(metrics.length, 'metric')} (definition ${definition.hash})`,
    ...(required === null ? [] : ['', required]),
    ...activities.flatMap(({ id, sentences }) => ['', bold(id), ...sentences.map((sentence) => `  ${sentence}`)]),
    '',
    bold('Metrics, for each app and day'),
    ...metrics.map(({ id, sentence }) => `  ${padEnd(id, width)}${sentence}`),
  ].join('\n');
}

/** What is likely a mistake, though it can be counted. */
export const doubtsAbout = (definition: Definition): string[] => [
  ...overlapsOf(definition).map(
    ({ activity, within }) => `every item that is "${activity}" is "${within}" too, and counts as both`,
  ),
  ...definition.activities
    .filter((_activity, index) => definition.metrics.every((metric) => metric.activity !== index))
    .map(({ id }) => `no metric is of "${id}": it is looked for, may make records malformed, and shows nowhere`),
];
