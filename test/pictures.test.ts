import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Pictured, picturedDemo } from '../scripts/pictures/demo.ts';
import {
  hashOf,
  PICTURES,
  type PictureFile,
  type PictureRecords,
  pictures,
  readRecords,
} from '../scripts/pictures/records.ts';

const MAX_BYTES = 150_000;

let pictured: Pictured;
let records: PictureRecords;

beforeAll(async () => {
  pictured = await picturedDemo();
  records = await readRecords();
}, 120_000);

describe.each(Object.keys(pictures) as PictureFile[])('docs/pictures/%s', (file) => {
  it('shows the demo as it is today (if not: npm run pictures)', () =>
    expect(records[file].madeFrom).toBe(hashOf(pictured[pictures[file].of])));

  it('is the file that was made, small enough for a README that shows it', async () => {
    const picture = await readFile(join(PICTURES, file));
    expect(hashOf(picture)).toBe(records[file].file);
    expect(picture.length).toBeLessThan(MAX_BYTES);
    expect(await readFile(join(PICTURES, '../../README.md'), 'utf8')).toContain(`docs/pictures/${file}`);
  });
});
