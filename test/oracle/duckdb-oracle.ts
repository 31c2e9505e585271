import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance, listValue } from '@duckdb/node-api';
import { macros, questions, steps } from './counting-rules.ts';
import { inOrder, type OurVerdict } from './our-verdict.ts';
import type { SeededExport } from './seeded-export.ts';

type Row = Record<string, string>;
type Question = keyof typeof questions;
type Answers = Readonly<Record<Question, readonly Row[]>>;

const asked = Object.keys(questions) as Question[];

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

  /** Judges many exports at once, for DuckDB takes longer to plan than to run. */
  async judge(exports: ReadonlyMap<number, SeededExport>): Promise<Map<number, OurVerdict>> {
    await this.#connection.run(steps.sources);
    const paths: string[] = [];
    for (const [seed, seeded] of exports) paths.push(...(await this.#addSources(seed, seeded)));
    await this.#connection.run(steps.lines, { paths: listValue(paths) });
    await this.#connection.run(steps.records);
    await this.#connection.run(steps.judged);
    const answers = Object.fromEntries(
      await Promise.all(
        asked.map(async (question): Promise<[Question, Row[]]> => [question, await this.#ask(question)]),
      ),
    ) as Record<Question, Row[]>;
    return new Map([...exports.keys()].map((seed) => [seed, verdictOn(seed, answers)]));
  }

  async #ask(question: Question): Promise<Row[]> {
    return (await this.#connection.runAndReadAll(questions[question])).getRowObjectsJson() as Row[];
  }

  async #addSources(seed: number, seeded: SeededExport): Promise<string[]> {
    const paths = this.#decompressed(seeded);
    const { first, last } = windowOf(seeded);
    for (const path of paths) {
      await this.#connection.run('insert into source values ($seed, $path, $first, $last)', {
        seed,
        path,
        first,
        last,
      });
    }
    return paths;
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
function windowOf({ since, until, startDate }: SeededExport): { first: number; last: number } {
  const start = startDate === null ? Number.MIN_SAFE_INTEGER : Date.parse(startDate) / DAY;
  return { first: since === null ? start : Math.ceil(since / DAY), last: Math.floor(until / DAY) - 1 };
}

function verdictOn(seed: number, answers: Answers): OurVerdict {
  const { read, outcomes, rejects, days, users } = mapValues(answers, (rows) =>
    rows.filter((row) => Number(row.seed) === seed).map(({ seed: _, ...row }) => row),
  );
  return {
    read: Number(read[0]?.records ?? 0),
    outcomes: {
      ...noOutcomes,
      ...Object.fromEntries(outcomes.map(({ outcome, records }) => [outcome, Number(records)])),
    },
    rejects: rejects.map(({ file, number }) => ({ file: keyOf(file), line: Number(number) })),
    days: inOrder(days.map(({ date = '', app = '', ...metrics }) => ({ date, app, ...numbers(metrics) }))),
    users: inOrder(
      users.map(({ date = '', app = '', times, ...user }) => ({ date, app, ...user, times: Number(times) })),
    ),
  } as OurVerdict;
}

const mapValues = (answers: Answers, change: (rows: readonly Row[]) => Row[]): Record<Question, Row[]> =>
  Object.fromEntries(asked.map((question) => [question, change(answers[question])])) as Record<Question, Row[]>;
