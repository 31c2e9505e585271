import type { Finding } from './findings.ts';

/** What the emulator that the project's demo deploys to cannot have, by check, and why. */
const cannotHave: Readonly<Record<string, string>> = {
  'point-in-time recovery': 'an emulator records no changes to go back to, and reaches back to its own start',
  encryption: 'an emulator encrypts nothing',
  'dead letters': 'an emulator forgets where failed invocations go',
  alarms: 'an emulator keeps no alarms on metric math; DaysNotExact rings until the second night, as on AWS',
};

/** Whether requests go to this machine in the place of AWS. */
export const isEmulated = ({ AWS_ENDPOINT_URL: url }: NodeJS.ProcessEnv): boolean =>
  url !== undefined && /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::|\/|$)/.test(url);

/** A finding on an emulator: what that cannot have is no problem, and named as such. */
export function onEmulator(finding: Finding): Finding {
  const why = cannotHave[finding.check];
  if (why === undefined || finding.state === 'well') return finding;
  return { check: finding.check, state: 'warning', says: `${why} (${finding.says})` };
}
