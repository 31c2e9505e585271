import { simdReader } from '../../adapters/dynamodb-json/simd-reader.ts';
import { gamesDefinition } from '../../definitions/preset.ts';
import { countExport } from '../../pipeline/count/count-export.ts';
import { chosenDefinition } from '../chosen-definition.ts';
import { toTable } from '../export-report.ts';
import { NotWell } from '../failures.ts';
import { openNamedExport } from '../open-named-export.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { definitionText, doubtsAbout } from './definition-text.ts';
import { doubtsAfter } from './trial.ts';

/** Says what a definition counts, and tries it where there is an export. */
export async function checkDefinition(named: string, path: string | undefined, terminal: Terminal): Promise<void> {
  const definition = await chosenDefinition(named, terminal);
  const name = definition === gamesDefinition ? 'The preset games' : named;
  const { paint } = terminal;
  terminal.result(definitionText(definition, name, paint));
  if (path === undefined) return tellDoubts(doubtsAbout(definition), terminal);
  const source = await openNamedExport(path);
  const { files, manifestKey } = source;
  const progress = terminal.progress('counting', 1);
  const counted = await countExport({ files, reader: simdReader, definition, concurrency: 1 }, manifestKey, {
    onFile: ({ records, items }) => progress.update(items === 0 ? 1 : records / items),
  }).finally(() => progress.stop());
  terminal.result(`\n${paint.bold(`Tried on ${path}`)}\n${firstRows(toTable(counted, terminal))}`);
  tellDoubts([...doubtsAbout(definition), ...(await doubtsAfter(counted, source))], terminal);
  const { read, counted: ofUse, malformed } = counted.counts.records;
  if (read > 0 && (ofUse === 0 || malformed * 2 > read)) throw new NotWell('the definition does not fit this export');
}

const MAX_ROWS = 12;

/** The head, the first rows, and what became of the records. */
function firstRows(table: string): string {
  const lines = table.split('\n');
  const end = lines.indexOf('');
  if (end <= MAX_ROWS + 1) return table;
  return [...lines.slice(0, MAX_ROWS + 1), `… and ${end - MAX_ROWS - 1} more`, ...lines.slice(end)].join('\n');
}

function tellDoubts(doubts: readonly string[], { result, paint }: Terminal): void {
  if (doubts.length === 0) return;
  result(`\n${paint.bold('To look at')}\n${doubts.map((doubt) => `  ! ${doubt}`).join('\n')}`);
}
