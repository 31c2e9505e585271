import { describe, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.ts';

describe('what is typed and wrong', () => {
  it.each([
    [['report', '--html'], "unknown option '--html'; did you mean --format html?", 'report '],
    [['report', '--fromat', 'csv'], "unknown option '--fromat'; did you mean --format?", 'report '],
    [['status', '--jsn'], "unknown option '--jsn'; did you mean --format json?", 'status '],
    [['aggregate', '.', '--treads', '2'], "unknown option '--treads'; did you mean --threads?", 'aggregate '],
    [['demo', '--xyzzy'], "unknown option '--xyzzy'", 'demo '],
    [['doctor', '--hlep'], "unknown option '--hlep'; did you mean --help?", 'doctor '],
    [['--verison'], "unknown option '--verison'; did you mean --version?", ''],
    [['explain', '2026-11-20'], "missing required argument 'app'", 'explain '],
    [['status', '--days', '1', '--from', '2026-11-20'], 'cannot be used with option', 'status '],
    [['replay'], 'name a day, or both --from and --to', 'replay '],
    [['repor'], "unknown command 'repor'; did you mean report?", ''],
    [['help', 'stats'], "unknown command 'stats'; did you mean status?", ''],
    [['deploy'], 'the CDK does that: npx cdk deploy, in the folder of your CDK app (daytally init writes one)', ''],
    [['count', './my-export'], 'daytally aggregate counts an export', ''],
    [['help', 'nosuch'], "unknown command 'nosuch'", ''],
  ])('%j is told, and points to the help of what was meant', async (words, says, command) => {
    const { code, stdout, stderr } = await runCli(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^daytally: .*\n\(.*\)\n$/);
    expect(stderr).toContain(says);
    expect(stderr).toContain(`\n(daytally ${command}--help says more)\n`);
    if (!says.includes('did you mean')) expect(stderr).not.toContain('did you mean');
  });

  it.each([
    'backfil',
    'replya',
    'repaly',
    'reproces',
    'replay1',
    'back-fill',
    'reprocess.',
  ])('%s is not taken for a command that starts work on AWS', async (word) => {
    for (const words of [[word], ['help', word]]) {
      const { code, stderr } = await runCli(...words);
      expect(code).toBe(2);
      expect(stderr).not.toMatch(/backfill\b|replay\b(?!1)|reprocess\b(?!\.)/);
    }
  });

  it('is nothing where help is asked for', async () => {
    for (const words of [['help'], ['--help'], ['help', 'replay'], ['replay', '--help'], ['--version']]) {
      expect(await runCli(...words)).toMatchObject({ code: 0, stderr: '' });
    }
    expect((await runCli('help', 'replay')).stdout).toBe((await runCli('replay', '--help')).stdout);
  });

  it('is told by all of the help where no command is named', async () => {
    const { code, stdout, stderr } = await runCli();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: daytally');
  });
});
