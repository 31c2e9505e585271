import fc from 'fast-check';
import type { TableDefinition } from '../../../src/domain/define-table.ts';
import type { Manifest } from '../reading/manifest.ts';
import { definitions } from './definitions.ts';
import { manifests } from './exports.ts';
import { lines } from './lines.ts';

/** An export of a table that a definition describes. */
export class Case {
  constructor(
    readonly table: TableDefinition,
    readonly manifest: Manifest,
    /** Without their ends. */
    readonly lines: readonly Buffer[],
  ) {}

  /** So that a counterexample can be read. */
  toString(): string {
    const shown = this.lines.map((line, index) => `${index + 1}: ${line.toString()}`);
    return [JSON.stringify(this.table), JSON.stringify(this.manifest), ...shown].join('\n');
  }
}

export const cases: fc.Arbitrary<Case> = definitions.chain((table) =>
  manifests(table).chain((manifest) =>
    fc
      .array(lines(table, manifest.exportType === 'FULL_EXPORT'), { maxLength: 24 })
      .map((all) => new Case(table, manifest, all)),
  ),
);
