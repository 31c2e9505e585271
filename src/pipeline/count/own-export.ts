import { ExportFault } from '../faults.ts';
import type { ExportFiles } from '../ports.ts';
import { readSummary } from './count-export.ts';

/**
 * Makes sure that an export is of the table whose numbers are kept: one of a staging copy that is dropped under the prefix
 * would overwrite good days.
 * @param tableArn of the table
 * @throws ExportFault where it is of another one; MissingObject, InvalidInput
 */
export async function requireOwnExport(files: ExportFiles, manifestKey: string, tableArn: string): Promise<void> {
  const { summary } = await readSummary(files, manifestKey);
  if (summary.tableArn === tableArn) return;
  throw new ExportFault({
    what: 'the export is of another table',
    where: `${files.bucket}/${manifestKey}`,
    expected: tableArn,
    found: summary.tableArn,
    remedy:
      'remove it from the prefix; where it is meant to count as this table\'s, invoke the function with "force": true',
  });
}
