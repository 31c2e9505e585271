import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { describeSchema } from '../../../scripts/describe-schema.ts';
import type { TableDescription } from '../../../src/domain/describe/description.ts';
import { toOutput } from '../../../src/report/describe/output.ts';
import { toText } from '../../../src/report/describe/text.ts';
import { plain } from '../../../src/report/terminal-text.ts';
import { describeOutput } from '../../../src/schemas/describe-output.ts';
import { describeItems, describeLines, type Item, N, S } from '../../support/described.ts';

const order = (n: number): Item => ({
  PK: S(`STORE#${['berlin', 'oslo'][n % 2]}#USER#u${n}x7`),
  SK: S(`ORDER#${n}`),
  createdAt: n % 3 ? N(1_795_000_000) : S('2026-11-21T00:00:00Z'),
  total: N(`${n}.5`),
  payload: { M: { createdBy: S(`u${n}x7`), parts: { L: [] }, odd: n % 2 ? N(1) : S('1') } },
  ttl: N(1_795_000_000_000),
});
const orders = Array.from({ length: 40 }, (_, n) => order(n));
const keysOf = ({ PK, SK }: Item): Item => ({ PK, SK });
const night = describeLines(
  orders.map((NewImage, n) => ({ Keys: keysOf(NewImage), NewImage, ...(n % 4 ? {} : { OldImage: NewImage }) })),
);
const kinds = Array.from({ length: 30 }, (_, k) =>
  Array.from({ length: 40 - k }, (_, n) => ({ PK: S(`${'K'.repeat(k + 1)}#${n}`), [`only${'x'.repeat(k)}`]: N(n) })),
).flat();

const tables: readonly [string, TableDescription][] = [
  ['a night', night],
  ['a table', describeItems(orders)],
  ['many kinds', describeItems(kinds)],
  ['nothing', describeItems([])],
  ['long names', describeItems(orders.map((one) => ({ ...one, ['a_very_long_name_'.repeat(6)]: S('x') })))],
  ['hardly anything', describeItems([order(1), { PK: S('CONFIG'), SK: S('x') }])],
];

describe.each(tables)('the text of %s', (_, description) => {
  it.each([60, 80, 140])('fits %i columns', (columns) => {
    const lines = toText(description, { paint: plain, columns }).split('\n');
    expect(lines.filter((line) => stringWidth(line) > Math.min(columns, 80))).toEqual([]);
  });
});

describe.each(tables)('the JSON of %s', (_, description) => {
  it('is of the form that is promised', () => {
    const output = toOutput(description);
    expect(describeOutput.parse(output)).toEqual(JSON.parse(JSON.stringify(output)));
  });
});

describe('the text', () => {
  it('shows kinds, changes, attributes and what is odd', () => {
    const text = toText(night);
    expect(text).toMatch(/^kind +items +share +JSON +mean +largest +of 400 KB\nORDER +40 +100 % /m);
    expect(text).toMatch(/^kind +new +changed +deleted\nORDER +30 +10 +0$/m);
    expect(text).toMatch(/^PK +S +100 % +key +STORE#<tenant, one of 2>#\n +USER#<user>$/m);
    expect(text).toMatch(/^createdAt +N 65 %, S 35 % +100 % +time +2 forms, 2026-11-18 to\n +2026-11-21$/m);
    expect(text).toMatch(/^payload.createdBy +S +100 % +user +<user>$/m);
    expect(text).not.toContain('payload.parts');
    expect(text).toContain('ORDER.ttl is not in seconds in 40 items but finer');
  });

  it('leaves the details of small kinds to other formats', () =>
    expect(toText(describeItems(kinds))).toContain('… and 18 kinds more'));

  it('says of a sample that it is one', () => {
    const text = toText({ ...night, export: { ...night.export, sample: 10, files: 3 } });
    expect(text).toContain('A SAMPLE: the first 10 records of each of 3 files');
  });
});

describe('the schema of the JSON', () => {
  const schema = describeSchema();

  it('documents its parts', () => {
    expect(JSON.parse(schema)).toMatchObject({ title: expect.any(String), additionalProperties: false });
    expect(schema.match(/"description"/g)?.length).toBeGreaterThan(20);
  });

  it('names all that the manual does, and the manual all that it names', () => {
    const manual = readFileSync(resolve(import.meta.dirname, '../../../docs/describe.md'), 'utf8');
    const [, block = ''] = /^```json\n(.*?)^```/ms.exec(manual) ?? [];
    const named = new Set(block.match(/"\w+"/g));
    const ofSchema = [...schema.matchAll(/"required": \[([^\]]*)\]/g)].flatMap(
      ([, list = '']) => list.match(/"\w+"/g) ?? [],
    );
    expect([...named].sort()).toEqual([...new Set(ofSchema)].sort());
  });
});
