import { itemReader } from '../../src/adapters/dynamodb-json/item-reader.ts';
import { simdReader } from '../../src/adapters/dynamodb-json/simd-reader.ts';
import type { Definition } from '../../src/domain/definition.ts';
import { draftDefinition } from '../../src/domain/draft/draft.ts';
import { summarize, valueIn } from '../../src/domain/summary.ts';
import { formatDay } from '../../src/domain/utc-day.ts';
import { type CountedExport, countExport } from '../../src/pipeline/count/count-export.ts';
import { describeExport } from '../../src/pipeline/describe/describe-export.ts';
import type { ExportFiles } from '../../src/pipeline/ports.ts';
import { parseDefinition } from '../../src/schemas/definition.ts';

export interface NamedManifest {
  readonly files: ExportFiles;
  readonly manifestKey: string;
}

/** What is drafted of an export, as it would be written to a file and read again. */
export async function draftOf({ files, manifestKey }: NamedManifest) {
  const { definition, questions } = draftDefinition(await describeExport({ files, reader: itemReader }, manifestKey));
  return { definition: parseDefinition(JSON.parse(JSON.stringify(definition)), 'the draft'), questions };
}

export const counted = ({ files, manifestKey }: NamedManifest, definition: Definition): Promise<CountedExport> =>
  countExport({ files, reader: simdReader, definition, concurrency: 1 }, manifestKey);

/**
 * The numbers of some metrics by day and app, where any of them is more than nought.
 * @param ids what they are to be called, by what the definition calls them
 */
export function numbersOf(
  { counts: { tally, rules } }: CountedExport,
  ids: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const rows = tally.entries().map(({ day, app, counts }) => {
    const summary = summarize(rules, counts);
    const numbers = Object.entries(ids).map(([id, called]) => [called, valueIn(summary, id)] as const);
    return [`${formatDay(day)} ${app}`, Object.fromEntries(numbers)] as const;
  });
  return Object.fromEntries(
    rows.filter(([, numbers]) => Object.values(numbers).some((value) => value !== 0 && value !== '0')),
  );
}
