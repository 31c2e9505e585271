import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** What somebody else's reader finds in a Parquet file. @param select columns, and what is to be done with them */
export async function queryParquet(parquet: Uint8Array, select: string) {
  const folder = await mkdtemp(join(tmpdir(), 'daytally-parquet-'));
  const path = join(folder, 'file.parquet');
  await writeFile(path, parquet);
  const connection = await (await DuckDBInstance.create()).connect();
  try {
    const result = await connection.runAndReadAll(`SELECT ${select} FROM read_parquet('${path}')`);
    return result.getRowObjects();
  } finally {
    connection.closeSync();
    await rm(folder, { recursive: true });
  }
}
