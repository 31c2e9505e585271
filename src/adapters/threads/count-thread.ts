/** A thread that counts data files as it is given them, and tells all it has counted when there are no more. */
import { parentPort, workerData } from 'node:worker_threads';
import { ExportCounts } from '../../domain/record-counts.ts';
import { countDataFile } from '../../pipeline/count/count-data-file.ts';
import { PipelineFault } from '../../pipeline/faults.ts';
import { simdReader } from '../dynamodb-json/simd-reader.ts';
import { openDirectoryExport } from '../local/directory-export.ts';
import type { FromThread, ThreadTask, ToThread } from './messages.ts';

const { location, manifestKey, rules, window } = workerData as ThreadTask;
const { files } = await openDirectoryExport(location.directory);
const counts = new ExportCounts(rules, window);

const tell = (message: FromThread): void => parentPort?.postMessage(message);

async function take(message: ToThread): Promise<void> {
  if ('end' in message) {
    tell({ kind: 'counted', counts: counts.parts });
    parentPort?.close();
    return;
  }
  const digest = await countDataFile({ files, reader: simdReader }, message.file, manifestKey, counts);
  tell({ kind: 'ready', digest });
}

parentPort?.on('message', (message: ToThread) => {
  take(message).catch((error: unknown) => {
    // What is no fault of the export is a bug: it goes on as an uncaught error, stack and all.
    if (!(error instanceof PipelineFault)) throw error;
    const { cause: _, ...report } = error.report;
    tell({ kind: 'fault', report });
  });
});
tell({ kind: 'ready' });
