import { type Command, Option } from '@commander-js/extra-typings';
import { plural } from '../../report/format.ts';
import { NotWell } from '../failures.ts';
import { examples, spanOption, withDays, withLedger } from '../options.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `daytally doctor`: checks an installation, and says the remedy for what it finds. */
export const registerDoctor = (program: Command, terminal: Terminal): void => {
  withDays(withLedger(program.command('doctor')))
    .description('check an installation and say what to do; reading permissions are enough')
    .addOption(new Option('--format <format>', 'of the result').choices(['table', 'json']).default('table' as const))
    .addHelpText('after', '\nOf a table or a folder there are only the nights to check.')
    .addHelpText('after', 'Exit code 1 where there is a problem.')
    .addHelpText(
      'after',
      examples(
        ['the stack Daytally', 'doctor'],
        ['another one, for a script', 'doctor --stack DaytallyStaging --region eu-west-1 --format json'],
        ['what the demo has stored', 'doctor --folder demo-output'],
      ),
    )
    .action(async ({ days, format, ...options }) => {
      const { examine } = await import('../doctor/examine.ts');
      const findings = await examine(spanOption({ days }), options, terminal);
      if (format === 'json') terminal.data(JSON.stringify({ findings }, undefined, 2));
      else {
        const { findingsText } = await import('../doctor/findings.ts');
        terminal.result(findingsText(findings, terminal.paint));
      }
      const problems = findings.filter(({ state }) => state === 'problem').length;
      if (problems > 0) throw new NotWell(`${plural(problems, 'problem')} found`);
    });
};
