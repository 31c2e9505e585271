import { PythonMissing, prepareVenv } from './support/python.ts';

/* Runs before the suites, so that a missing Python is one sentence and exit code 1, never a skipped test. */
try {
  prepareVenv();
} catch (error) {
  if (!(error instanceof PythonMissing)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
