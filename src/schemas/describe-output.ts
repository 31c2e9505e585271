import * as z from 'zod';
import { timeForms } from '../domain/definition.ts';
import { findingCodes } from '../domain/describe/findings.ts';
import { attributeTypes } from '../domain/describe/observed.ts';

/*
 * What `daytally describe --format json` prints. Of values only patterns (`USER#<user>`), constants that several items
 * share, and the days between which times lie.
 */

const count = z.int().min(0);
const share = z.number().min(0).max(1).describe('From 0 to 1, to four digits.');

const sizes = {
  records: count.describe('Lines of the export: items, and of an incremental export also those that are gone.'),
  items: count.describe('Items that are there.'),
  bytes: z.strictObject({
    json: count.describe("Of the records' lines in the export, decompressed."),
    items: count.describe('Of the items as DynamoDB counts them, about.'),
    meanItem: count.nullable(),
    largestItem: count.nullable().describe('DynamoDB allows 409,600.'),
  }),
  changes: z
    .strictObject({ new: count.nullable(), changed: count.nullable(), deleted: count })
    .nullable()
    .describe(
      'Since the window of an incremental export began; null of a full one. Without old images new and changed are null.',
    ),
};

const times = z.strictObject({
  form: z.enum(timeForms).exclude(['auto']),
  items: count,
  from: z.iso
    .date()
    .nullable()
    .describe('The UTC day of the first; null where fewer than three items share the range.'),
  to: z.iso.date().nullable(),
});

const attribute = z
  .strictObject({
    name: z.string(),
    isKey: z.boolean(),
    items: count.describe('Items that have it.'),
    share,
    types: z.partialRecord(z.enum(attributeTypes), count).describe('Items by type: several are a drift.'),
    meaning: z
      .enum(['type', 'ttl', 'time', 'user', 'tenant', 'amount'])
      .nullable()
      .describe('What it is likely for, by its name and its values.'),
    pattern: z
      .strictObject({ text: z.string(), share })
      .nullable()
      .describe('What most texts are like, and how many of them are; null where there is no text.'),
    values: z
      .strictObject({ count, isExact: z.boolean() })
      .nullable()
      .describe('How many different texts there are: exactly, or about.'),
    times: z.array(times).describe('Values that can be read as a time, by form.'),
    decimals: count.describe('Numbers with digits behind the point.'),
    inexactNumbers: count.describe('Numbers of more digits than a double holds, in it or inside of it.'),
    get members() {
      return z.array(attribute).describe('Of a map on the top level.');
    },
    otherMembers: count.describe(
      'How often something stood in the map that is not told: rare names, or ids for names.',
    ),
  })
  .meta({ id: 'attribute' });

const kind = z.strictObject({
  name: z.string(),
  type: z.string().nullable().describe('The value of the type attribute; null where the key told the kind.'),
  share: share.describe('Of all items.'),
  ...sizes,
  attributes: z.array(attribute),
  otherAttributes: count.describe('How often items had an attribute that is not told, for hardly any has it.'),
});

/** Contract of `daytally describe --format json`. */
export const describeOutput = z.strictObject({
  export: z.strictObject({
    exportId: z.string(),
    exportType: z.enum(['FULL_EXPORT', 'INCREMENTAL_EXPORT']),
    exportTime: z.iso.datetime().describe("The moment that it is of; of an incremental export its window's end."),
    files: count,
    compressedBytes: count.describe('As they were read.'),
    sample: count.nullable().describe('So many records were read of each file at most; null where all were.'),
  }),
  malformed: count.describe('Lines that are no record of an item.'),
  key: z.strictObject({
    attributes: z.array(z.string()),
    isTold: z.boolean().describe('Whether the export says so; else it was guessed.'),
  }),
  typeAttribute: z.string().nullable().describe('The attribute that tells the kinds apart; null where the key does.'),
  ...sizes,
  kinds: z.array(kind).describe('The largest first.'),
  others: z
    .strictObject({ kinds: count, ...sizes })
    .nullable()
    .describe('What is too rare, or of too many forms, to be told apart.'),
  findings: z.array(
    z.strictObject({
      code: z.enum(findingCodes),
      kind: z.string(),
      attribute: z.string().nullable(),
      count,
      text: z.string(),
    }),
  ),
});
