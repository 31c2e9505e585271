import { plainReader } from '../../adapters/dynamodb-json/plain-reader.ts';
import { type ActivityDefinition, type Definition, formatPath } from '../../domain/definition.ts';
import { doubtsOf } from '../../domain/doubts.ts';
import { type ConditionHits, countConditionHits } from '../../pipeline/count/condition-hits.ts';
import type { CountedExport } from '../../pipeline/count/count-export.ts';
import { formatNumber, plural } from '../../report/format.ts';
import type { NamedExport } from '../open-named-export.ts';

/** More apps than this are hardly meant: a user or an id stands where the app should. */
const MANY_APPS = 100;

/** What is likely wrong with a definition, seen by the export that it was tried on. */
export async function doubtsAfter(counted: CountedExport, { files, manifestKey }: NamedExport): Promise<string[]> {
  const { records, late, rules, tally, rejectsByReason } = counted.counts;
  const doubts = doubtsOf(records, late).map((doubt) =>
    doubt.code === 'mostlyMalformed' ? `${doubt.what}: ${mostFrequent(rejectsByReason)}` : doubt.what,
  );
  const apps = new Set(tally.entries().map(({ app }) => app)).size;
  if (apps > MANY_APPS)
    doubts.push(`${plural(apps, 'app')}: is "app" in the right place? Each costs CloudWatch metrics`);
  const hits = await countConditionHits({ files, reader: plainReader }, manifestKey, rules);
  return [...doubts, ...neverSo(hits, rules.definition), ...untold(counted)];
}

function mostFrequent(rejectsByReason: ReadonlyMap<string, number>): string {
  const [reason = '', times = 0] = [...rejectsByReason].sort(([, a], [, b]) => b - a)[0] ?? [];
  return `${formatNumber(times)} of them ${reason}`;
}

/** Which conditions and templates never matched, among those that keep an activity from being found or read. */
function neverSo({ records, activities }: ConditionHits, { activities: defined, attributes }: Definition): string[] {
  if (records === 0) return [];
  const seen = `the first ${plural(records, 'record')}`;
  return activities.flatMap((hits, index) => {
    const { is, read } = defined[index] as ActivityDefinition;
    const named = (attribute: number): string => formatPath(attributes[attribute] ?? []);
    if (hits.all === 0) {
      const never = is.filter((_condition, place) => hits.is[place] === 0).map(({ attribute }) => named(attribute));
      const why =
        never.length === 0 ? 'no item fulfils all conditions at once' : `no item has such ${never.join(', ')}`;
      return [`"${hits.id}" is not among ${seen}: ${why}`];
    }
    return read
      .filter((_read, place) => hits.read[place] === 0)
      .map(({ attribute }) => `"${hits.id}": no ${named(attribute)} of ${seen} is of the form that "read" asks for`);
  });
}

function untold({ counts: { rules } }: CountedExport): string[] {
  const ids = rules.definition.metrics.filter(({ activity }) => rules.told[activity] !== true).map(({ id }) => id);
  return ids.length === 0 ? [] : [`this export cannot tell ${ids.join(', ')}: shown as –, never as 0`];
}
