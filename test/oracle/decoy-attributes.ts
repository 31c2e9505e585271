import { type Json, object } from './json-writer.ts';

const S = (text: string): Json => object(['S', text]);

const nested = object(
  ['modelId', S('session-nested-1')],
  ['owner', S('user-nested')],
  ['updatedAt', object(['N', '1'])],
);

/** Attributes that mean nothing, made to be taken for those that do, or to upset whoever skips them. */
export const decoyAttributes: readonly (readonly [string, Json])[] = [
  ['state', object(['M', nested])],
  ['history', object(['L', [object(['M', nested]), object(['M', object(['owner', nested])])]])],
  ['modelid', S('session-lower-1')],
  ['Owner', S('user-upper')],
  ['updatedAt ', object(['N', '1'])],
  ['Item', object(['M', nested])],
  ['NewImage', nested],
  ['quotes', S('"\\"\\\\"\\'.repeat(20))],
  ['backslashes', S('\\'.repeat(67))],
  ['braces', S('}{][,:"'.repeat(15))],
  ['', S('')],
  ['\u2028', object(['B', 'AAECAw=='])],
  ['text', S(`${'lorem ipsum – '.repeat(40)}`)],
  ['deep', { text: `${'{"M":{"modelId":'.repeat(30)}{"S":"session-deep-1"}${'}}'.repeat(30)}` }],
  ['numbers', { text: '[0,-0,1e5,-1.5E-7,12345678901234567890,true,false,null]' }],
];
