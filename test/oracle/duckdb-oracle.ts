import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance, listValue } from '@duckdb/node-api';
import { macros, questions, steps } from './counting-rules.ts';
import { inOrder, type OurVerdict } from './our-verdict.ts';
import type { SeededExport } from './seeded-export.ts';

type Row = Record<string, string>;

const DAY = 86_400_000;

const noOutcomes = { counted: 0, ignored: 0, deleted: 0, outsideWindow: 0, malformed: 0 };

const numbers = (row: Row): Record<string, number> =>
  Object.fromEntries(Object.entries(row).map(([name, text]) => [name, Number(text)]));

const keyOf = (path = ''): string => decodeURIComponent(basename(path));

/** Judges exports by the rules' SQL. */
export class DuckDbOracle {
  readonly #connection: Awaited<ReturnType<DuckDBInstance['connect']>>;
  readonly #folder: string;

  private constructor(connection: Awaited<ReturnType<DuckDBInstance['connect']>>, folder: string) {
    this.#connection = connection;
    this.#folder = folder;
  }

  /** `folder` is for decompressed files. */
  static async open(folder: string): Promise<DuckDbOracle> {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(macros);
    mkdirSync(folder, { recursive: true });
    return new DuckDbOracle(connection, folder);
  }

  async judge(seeded: SeededExport): Promise<OurVerdict> {
    await this.#connection.run(steps.lines, { paths: listValue(this.#decompressed(seeded)) });
    await this.#connection.run(steps.records);
    await this.#connection.run(steps.judged, windowOf(seeded));
    const outcomes = (await this.#ask('outcomes')).map(({ outcome, records }) => [outcome, Number(records)]);
    return {
      read: Number((await this.#ask('read'))[0]?.records),
      outcomes: { ...noOutcomes, ...Object.fromEntries(outcomes) },
      rejects: (await this.#ask('rejects')).map(({ file, number }) => ({ file: keyOf(file), line: Number(number) })),
      days: inOrder(
        (await this.#ask('days')).map(({ date = '', app = '', ...metrics }) => ({ date, app, ...numbers(metrics) })),
      ),
      users: inOrder(
        (await this.#ask('users')).map(({ date = '', app = '', times, ...user }) => ({
          date,
          app,
          ...user,
          times: Number(times),
        })),
      ),
    } as OurVerdict;
  }

  async #ask(question: keyof typeof questions): Promise<Row[]> {
    return (await this.#connection.runAndReadAll(questions[question])).getRowObjectsJson() as Row[];
  }

  close(): void {
    this.#connection.closeSync();
  }

  /** DuckDB reads no gzip as bytes, so it gets the files as Node's zlib restores them, named by their keys. */
  #decompressed({ directory, dataFileKeys }: SeededExport): string[] {
    return dataFileKeys.map((key) => {
      const path = join(this.#folder, encodeURIComponent(key));
      writeFileSync(path, gunzipSync(readFileSync(join(directory, key))));
      return path;
    });
  }
}

/** An incremental export speaks for the whole days in its window, a full one for all days before its own. */
function windowOf({ since, until, startDate }: SeededExport): Record<string, number> {
  const start = startDate === null ? Number.MIN_SAFE_INTEGER : Date.parse(startDate) / DAY;
  return { from: since === null ? start : Math.ceil(since / DAY), to: Math.floor(until / DAY) - 1 };
}
