import type { CountingRules } from '../../domain/counting-rules.ts';
import type { DayWindow } from '../../domain/export-window.ts';
import type { ExportCountsParts } from '../../domain/record-counts.ts';
import type { FaultReport } from '../../pipeline/faults.ts';
import type { DataFileDigest } from '../../pipeline/ports.ts';
import type { DataFile } from '../../schemas/export-manifest.ts';

/** Where an export is, as it can be told to another thread. */
export interface ExportLocation {
  /** A directory, or the path of a manifest-summary.json. */
  readonly directory: string;
}

/** What a thread is started with. */
export interface ThreadTask {
  readonly location: ExportLocation;
  readonly manifestKey: string;
  readonly rules: CountingRules;
  readonly window: DayWindow;
}

/** To a thread: the next data file, or that there is none left. */
export type ToThread = { readonly file: DataFile } | { readonly end: true };

/** From a thread: ready for a file, with what it learned of the one before; at the end all that it has counted. */
export type FromThread =
  | { readonly kind: 'ready'; readonly digest?: DataFileDigest }
  | { readonly kind: 'counted'; readonly counts: ExportCountsParts }
  | { readonly kind: 'fault'; readonly report: FaultReport };
