import { writeFile } from 'node:fs/promises';
import type { TableDescription } from '../../domain/describe/description.ts';
import { draftDefinition } from '../../domain/draft/draft.ts';
import { plural } from '../../report/format.ts';
import { harmless } from '../../report/terminal-text.ts';
import { parseDefinition } from '../../schemas/definition.ts';
import { NotWell } from '../failures.ts';
import { quoteForShell } from '../terminal/quote-for-shell.ts';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * Writes a definition of what was found to a new file, and asks what was not sure.
 * @param path of the export, as it was named
 * @throws NotWell where nothing can be drafted
 */
export async function writeDraft(
  description: TableDescription,
  file: string,
  path: string | undefined,
  { note }: Pick<Terminal, 'note'>,
): Promise<void> {
  const { definition: drafted, questions } = draftDefinition(description);
  if (drafted !== null) {
    const { activities, metrics } = parseDefinition(drafted, file);
    await writeFile(file, `${JSON.stringify(drafted, undefined, 2)}\n`, { flag: 'wx' });
    const counts = `${plural(activities.length, 'activity', 'activities')}, ${plural(metrics.length, 'metric')}`;
    note(`wrote ${file}: ${counts}. See what it counts:`);
    note(`  daytally check ${[file, ...(path === undefined ? [] : [path])].map(quoteForShell).join(' ')}`);
  }
  if (questions.length > 0) note('To answer before it is of use:');
  for (const question of questions) note(`  ? ${harmless(question)}`);
  if (drafted === null) throw new NotWell('nothing was drafted: no kind of items has a time and a form that tells it');
}
