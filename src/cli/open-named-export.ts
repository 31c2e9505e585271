import { openDirectoryExport } from '../adapters/local/directory-export.ts';
import type { ExportFiles } from '../pipeline/ports.ts';

/** An export that a person named. */
export interface NamedExport {
  readonly files: ExportFiles;
  readonly manifestKey: string;
}

/**
 * Finds the export that a path or URL names.
 * @throws PipelineFault where there is none, or more than one
 */
export const openNamedExport = (name: string): Promise<NamedExport> => openDirectoryExport(name);
