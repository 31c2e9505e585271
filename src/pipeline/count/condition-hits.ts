import { type ImageView, takenBy } from '../../domain/conditions.ts';
import type { CountingRules } from '../../domain/counting-rules.ts';
import type { ActivityDefinition } from '../../domain/definition.ts';
import { viewsOf } from '../../schemas/attribute-view.ts';
import type { ProjectedRecord } from '../../schemas/export-record.ts';
import type { ExportFiles, RecordReader, RecordVisitor } from '../ports.ts';
import { openExport } from './count-export.ts';
import { openNamed } from './open-object.ts';

/** How often what an activity asks for was so, among the records that were looked at. */
export interface ActivityHits {
  readonly id: string;
  /** Of each condition of `is`, in order, on its own. */
  readonly is: number[];
  /** Of each template of `read`, in order, where all of `is` held. */
  readonly read: number[];
  /** All of `is` together. */
  all: number;
}

export interface ConditionHits {
  /** Records that were looked at: the first ones of the export. */
  records: number;
  readonly activities: readonly ActivityHits[];
}

/** Enough to see whether a condition is ever so. */
const MAX_RECORDS = 100_000;

/**
 * Looks at the first records of an export condition by condition, to tell which one keeps an activity from being found.
 * Counts nothing and verifies nothing.
 * @param reader one that gives every record as it is, not only those that may count
 */
export async function countConditionHits(
  { files, reader }: { readonly files: ExportFiles; readonly reader: RecordReader },
  manifestKey: string,
  rules: CountingRules,
): Promise<ConditionHits> {
  const { dataFiles } = await openExport(files, manifestKey);
  const hits: ConditionHits = {
    records: 0,
    activities: rules.definition.activities.map(({ id, is, read }) => ({
      id,
      is: is.map(() => 0),
      read: read.map(() => 0),
      all: 0,
    })),
  };
  for (const { dataFileS3Key } of dataFiles) {
    const { chunks } = await openNamed(files, dataFileS3Key, manifestKey);
    await reader.read(chunks, rules, lookingVisitor(hits, rules)).catch((error: unknown) => {
      if (!(error instanceof EnoughSeen)) throw error;
    });
    if (hits.records >= MAX_RECORDS) break;
  }
  return hits;
}

/** Ends the reading of a file whose rest need not be seen. */
class EnoughSeen extends Error {}

function lookingVisitor(hits: ConditionHits, { definition }: CountingRules): RecordVisitor {
  const { activities } = definition;
  const nothing = () => {};
  const notAskedFor = () => false;
  return {
    app: () => 0,
    user: () => 0,
    activity: notAskedFor,
    activities: notAskedFor,
    outside: nothing,
    ignored: nothing,
    deleted: nothing,
    malformed: nothing,
    record: (record) => {
      if (hits.records++ >= MAX_RECORDS) throw new EnoughSeen();
      const image = lookedAt(record);
      for (const [index, activity] of activities.entries())
        look(activity, hits.activities[index] as ActivityHits, image);
    },
  };
}

/** Whatever became of the item: what it is, or what it was. */
const lookedAt = ({ image, old }: ProjectedRecord): ImageView => viewsOf(image ?? old ?? []);

function look({ is, read }: ActivityDefinition, hits: ActivityHits, image: ImageView): void {
  is.forEach((condition, index) => {
    if (takenBy([condition], image) !== undefined) (hits.is[index] as number) += 1;
  });
  if (takenBy(is, image) === undefined) return;
  hits.all += 1;
  read.forEach(({ attribute, type, template }, index) => {
    const view = image(attribute);
    if (view.type !== type) return;
    const asText = (): typeof view => ({ type: 'S', text: view.text });
    const condition = { attribute, condition: { kind: 'template' as const, template } };
    if (takenBy([condition], asText) !== undefined) (hits.read[index] as number) += 1;
  });
}
