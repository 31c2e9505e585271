import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { DirectoryBucket } from '../../../src/adapters/local/directory-bucket.ts';
import { readText } from '../../../src/pipeline/count/open-object.ts';
import { MissingObject } from '../../../src/pipeline/faults.ts';
import { temporaryDirectory } from '../../support/exports.ts';

describe('DirectoryBucket', () => {
  let root: string;
  let bucket: DirectoryBucket;

  beforeEach(async () => {
    root = temporaryDirectory();
    bucket = new DirectoryBucket(join(root, 'bucket'), 'games');
    await bucket.put('exports/a/x.json', Buffer.from('ä1'));
    await bucket.put('exports/b/y.json', Buffer.from('2'));
    await bucket.put('top', Buffer.from('3'));
    await new DirectoryBucket(root).put('secret', Buffer.from('4'));
  });

  it('gives back what was put', async () => {
    expect(await readText(await bucket.stream('exports/a/x.json'))).toBe('ä1');
  });

  it('gives back a part of what was put, in pieces or whole', async () => {
    await bucket.put('pieces', [Buffer.from('012'), Buffer.from('345')]);
    expect(await readText(await bucket.stream('pieces'))).toBe('012345');
    expect(await readText(await bucket.stream('pieces', { from: 2, to: 4 }))).toBe('23');
  });

  it('lists keys under a prefix, which need not end at a slash', async () => {
    const keys = async (prefix: string) => {
      const found: string[] = [];
      for await (const key of bucket.list(prefix)) found.push(key);
      return found.sort();
    };
    expect(await keys('')).toEqual(['exports/a/x.json', 'exports/b/y.json', 'top']);
    expect(await keys('exports/a')).toEqual(['exports/a/x.json']);
    expect(await keys('t')).toEqual(['top']);
    expect(await keys('none/')).toEqual([]);
  });

  it.each(['none', 'exports/none', 'exports', 'top/below'])('has no object %s', async (key) => {
    await mkdir(join(root, 'bucket/empty'));
    const error = await bucket.stream(key).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(MissingObject);
    expect((error as Error).message).toContain(`games/${key}: an object is missing`);
  });

  it.each([
    '../secret',
    'exports/../../secret',
    '/etc/passwd',
    '..',
    '..\\secret',
    'a\0b',
    'C:\\secret',
  ])('refuses the key %j, which leads out of it', async (key) => {
    await expect(bucket.stream(key)).rejects.toThrow('a key leads out of the directory');
    await expect(bucket.put(key, Buffer.from('5'))).rejects.toThrow('a key leads out of the directory');
  });

  it('takes dots that are part of a name', async () => {
    await bucket.put('a..b/..c', Buffer.from('6'));
    expect(await readText(await bucket.stream('a..b/..c'))).toBe('6');
  });
});
