import { charts } from './chart.ts';
import { appColours, appDashes, dark, light } from './colours.ts';
import { layout } from './layout.ts';
import { print } from './print.ts';
import { tables } from './tables.ts';

/** All of a report's looks. Every rule begins with `.daytally`: a dashboard has styles of its own. */
export const styleSheet = `
.daytally{${light}color-scheme:light;font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:var(--ink);font-variant-numeric:tabular-nums;text-align:left}
.daytally.dark{${dark}color-scheme:dark}
@media (prefers-color-scheme:dark){.daytally.auto{${dark}color-scheme:dark}}
${layout}${charts}${tables}${appColours}
@media print,(prefers-contrast:more),(forced-colors:active){${appDashes}}
${print}`;
