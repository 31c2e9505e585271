import type { ActivityDefinition, Definition } from './definition.ts';
import type { ExportType } from './provenance.ts';
import type { UtcDay } from './utc-day.ts';

/** What an export can tell of its items, as its manifest says. */
export interface ExportScope {
  readonly exportType: ExportType;
  /** Whether changed items also stand there as they were when the window began. */
  readonly hasOldImages: boolean;
  /** The day that the window is, where it is one whole UTC day: that of activities that bear no time. */
  readonly day: UtcDay | null;
}

/** A definition, and how much of it one export can tell: all that decides what a record counts as. */
export interface CountingRules {
  readonly definition: Definition;
  /** By activity, whether this export tells it. What it does not tell is not looked for, and its metrics are null. */
  readonly told: readonly boolean[];
  /** Whether it holds items as they were before, too: then records outside the window can be told apart. */
  readonly hasOldImages: boolean;
  readonly day: UtcDay | null;
}

export const rulesFor = (definition: Definition, scope: ExportScope): CountingRules => ({
  definition,
  told: definition.activities.map((activity) => tells(scope, activity)),
  hasOldImages: scope.hasOldImages,
  day: scope.day,
});

/**
 * A full export holds only what is there: not what changed, nor when, where the item does not say. Changes are seen where
 * old images are.
 */
function tells({ exportType, hasOldImages, day }: ExportScope, { at, on }: ActivityDefinition): boolean {
  if (exportType === 'FULL_EXPORT') return on.kind === 'put' && at !== null;
  return (on.kind === 'put' || hasOldImages) && (at !== null || day !== null);
}
