import { type Command, Option } from '@commander-js/extra-typings';
import { plural } from '../../report/format.ts';
import { NotWell } from '../failures.ts';
import { withInstallation } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** `daytally doctor`: checks an installation, and says the remedy for what it finds. */
export const registerDoctor = (program: Command, terminal: Terminal): void => {
  withInstallation(program.command('doctor'))
    .description('check an installation and say what to do; reading permissions are enough')
    .addOption(new Option('--format <format>', 'of the result').choices(['table', 'json']).default('table' as const))
    .addHelpText(
      'after',
      `
Exit code 1 where there is a problem.

Examples:
  daytally doctor
  daytally doctor --stack DaytallyStaging --region eu-west-1 --format json`,
    )
    .action(async ({ stack, region, format }) => {
      const [{ findInstallation }, { checks }, { runCheck, findingsText }] = await Promise.all([
        import('../../adapters/aws/installation.ts'),
        import('../doctor/checks.ts'),
        import('../doctor/findings.ts'),
      ]);
      const options = { region };
      const patient = { installation: await findInstallation(stack, options), options, now: Date.now() };
      const findings = await Promise.all(checks.map((check) => runCheck(check, patient)));
      terminal.result(
        format === 'json' ? JSON.stringify({ findings }, undefined, 2) : findingsText(findings, terminal.paint),
      );
      const problems = findings.filter(({ state }) => state === 'problem').length;
      if (problems > 0) throw new NotWell(`${plural(problems, 'problem')} found`);
    });
};
