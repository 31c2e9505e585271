import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const PICTURES = join(import.meta.dirname, '../../docs/pictures');
export const RECORD = join(PICTURES, 'pictures.json');

/** README's pictures, by file. */
export const pictures = {
  'page.webp': { of: 'page', colorScheme: 'light' },
  'page-dark.webp': { of: 'page', colorScheme: 'dark' },
  'terminal.webp': { of: 'terminal', colorScheme: 'dark' },
} as const;

export type PictureFile = keyof typeof pictures;

/** What a picture was made from, and what came of it: hashes by which a test sees that it is fresh. */
export interface PictureRecord {
  readonly madeFrom: string;
  readonly file: string;
}

export type PictureRecords = Readonly<Record<PictureFile, PictureRecord>>;

export const readRecords = async (): Promise<PictureRecords> => JSON.parse(await readFile(RECORD, 'utf8'));

export const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
