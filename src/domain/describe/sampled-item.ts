import type { AttributeType } from './observed.ts';

/** What a sample keeps of an attribute: the beginning of a text, which is all of it where it is short. */
export interface SampledValue {
  readonly type: AttributeType;
  readonly text: string;
}

export type SampledItem = ReadonlyMap<string, SampledValue>;
