import type { AwsOptions, Installation } from '../../adapters/aws/installation.ts';
import type { Nights } from './nights-check.ts';

/** What the checks look at. */
export interface Patient extends Nights {
  readonly installation: Installation;
  readonly options: AwsOptions;
}
