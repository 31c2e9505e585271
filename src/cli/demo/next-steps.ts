import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Report } from '../../report/report.ts';
import { quoteForShell } from '../terminal/quote-for-shell.ts';

/** The page's address: a terminal makes it a link, wherever it stands. */
export const pageUrl = (folder: string): string => pathToFileURL(join(folder, 'report.html')).href;

/**
 * What a person can do with the demo's folder now: as it can be typed.
 * @param definition what it was called on the command line, if it was
 */
export function nextSteps(folder: string, { to, apps }: Pick<Report, 'to' | 'apps'>, definition?: string): string {
  const word = quoteForShell(folder);
  const lastExport = quoteForShell(join(folder, 'bucket/exports/incremental', to));
  const counting = definition === undefined ? '' : ` --definition ${quoteForShell(definition)}`;
  const steps = [
    ['Where a number came from:', `explain ${to} ${quoteForShell(apps[0] ?? '')} --folder ${word}`],
    ['The calendar of nights:', `status --folder ${word}`],
    ["Count a night's export yourself:", `aggregate ${lastExport}${counting}`],
  ];
  return [
    'The page with plots (--open opens it):',
    `  ${pageUrl(folder)}`,
    ...steps.flatMap(([does, call]) => [`${does}`, `  daytally ${call}`]),
  ].join('\n');
}
