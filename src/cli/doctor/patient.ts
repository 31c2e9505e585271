import type { AwsOptions, Installation } from '../../adapters/aws/installation.ts';

/** What the checks look at. */
export interface Patient {
  readonly installation: Installation;
  readonly options: AwsOptions;
  readonly now: number;
}
