export type ExportType = 'FULL_EXPORT' | 'INCREMENTAL_EXPORT';

/**
 * How far a number can be trusted. An incremental export holds each item as it stood when the day ended: `exact`.
 * A full export holds only each item's last state: one that was written on three days counts on the last, expired
 * items are gone: `lowerBound`.
 */
export type Quality = 'exact' | 'lowerBound';

/** Which export a number comes from. */
export interface ExportOrigin {
  readonly exportId: string;
  readonly exportType: ExportType;
  /**
   * The moment whose state the export holds, ISO 8601 with milliseconds and Z, so that text order is time order.
   * Full export: its `exportTime`. Incremental export: its `exportToTime`.
   */
  readonly exportTime: string;
  readonly quality: Quality;
}

/** Where a stored number comes from: an export, and the definition by which it was counted. */
export interface Provenance extends ExportOrigin {
  /** The definition's hash. */
  readonly definition: string;
}

/**
 * What counted before records said which definition had: the preset `games`, as it was then. An export under another
 * definition is another count of the same day.
 */
export const FIRST_DEFINITION = 'c55f242f20fd78d9';

export const qualityOf = (exportType: ExportType): Quality =>
  exportType === 'INCREMENTAL_EXPORT' ? 'exact' : 'lowerBound';

/** What makes a count: an export and the definition's hash. */
type Count = Pick<Provenance, 'exportId' | 'definition'>;

/** Whether both are one count: of the same export, by the same definition. Where there is none, it is not. */
export const isSameCount = (mine: Count | undefined, theirs: Count): boolean =>
  mine?.exportId === theirs.exportId && mine.definition === theirs.definition;

/**
 * Whether two exports, each counted by the definition that it names, come to the same. Incremental exports of one day do,
 * whatever their ids: they hold its changes, which are over. Of full exports each holds another moment.
 */
export const holdsTheSame = (mine: Provenance, theirs: Provenance): boolean =>
  isSameCount(mine, theirs) ||
  (mine.definition === theirs.definition &&
    mine.quality === 'exact' &&
    theirs.quality === 'exact' &&
    mine.exportTime === theirs.exportTime);

/**
 * Whether numbers of `mine` may take the place of those of `theirs`: exact beats lower bound; between equals the later
 * export wins, by the moment of its state, then by its id (which begins with the time it was started);
 * the same export may always write again, and between equals in quality so may one that is counted by another definition:
 * whoever changes the definition and counts anew wants the new numbers.
 */
export function mayReplace(mine: Provenance, theirs: Provenance): boolean {
  if (mine.quality !== theirs.quality) return mine.quality === 'exact';
  if (mine.definition !== theirs.definition) return true;
  if (mine.exportTime !== theirs.exportTime) return mine.exportTime > theirs.exportTime;
  return mine.exportId >= theirs.exportId;
}
