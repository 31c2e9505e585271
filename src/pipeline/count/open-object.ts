import { MissingObject } from '../faults.ts';
import type { ExportFiles } from '../ports.ts';

/** What stands before `AWSDynamoDB/` in a manifest's key: the prefix that the export was asked to go to. */
export function prefixOf(manifestKey: string): string {
  const start = manifestKey.lastIndexOf('AWSDynamoDB/');
  return start === -1 ? '' : manifestKey.slice(0, start);
}

/**
 * Streams an object that a manifest names. Keys are relative to the bucket's root, but some manifests leave the prefix
 * out: where a key is not there, it is tried behind the prefix of the manifest's own key.
 * @throws MissingObject, naming the key as the manifest has it
 */
export async function openNamed(files: ExportFiles, key: string, manifestKey: string): Promise<NamedObject> {
  const prefix = prefixOf(manifestKey);
  try {
    return { key, chunks: await files.stream(key) };
  } catch (error) {
    if (!(error instanceof MissingObject) || prefix === '' || key.startsWith(prefix)) throw error;
    const chunks = await files.stream(prefix + key).catch((second: unknown) => {
      throw second instanceof MissingObject ? error : second;
    });
    return { key: prefix + key, chunks };
  }
}

export interface NamedObject {
  /** Where it really is. */
  readonly key: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** All of a small object's bytes, as UTF-8 text. */
export async function readText(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
