import { rulesFor } from '../../domain/counting-rules.ts';
import type { Definition } from '../../domain/definition.ts';

const fullExport = { exportType: 'FULL_EXPORT', hasOldImages: false, day: null } as const;

/** The metrics that a backfill leaves without a number, in words; none where it counts them all. */
export function untoldByBackfill(definition: Definition): string[] {
  const { told } = rulesFor(definition, fullExport);
  const ids = definition.metrics.filter(({ activity }) => told[activity] !== true).map(({ id }) => id);
  return ids.length === 0
    ? []
    : [
        `not counted: ${ids.join(', ')}. A full export does not tell what changed, nor when; days that have exact numbers keep them`,
      ];
}
