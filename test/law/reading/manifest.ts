import type { ActivityInput } from '../../../src/domain/define-table.ts';

/** What a manifest says of an export, as far as it decides what counts; times are epoch milliseconds. */
export type Manifest =
  | { readonly exportType: 'FULL_EXPORT'; readonly exportTime: number; readonly startDate: string | undefined }
  | {
      readonly exportType: 'INCREMENTAL_EXPORT';
      readonly outputView: 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGE';
      /** Inclusive. */
      readonly exportFromTime: number;
      /** Exclusive. */
      readonly exportToTime: number;
    };

const DAY = 86_400_000;

/** Whether a day, as the number of days since 1970-01-01, is in the export's window. */
export function isInWindow(day: number, manifest: Manifest): boolean {
  const [begin, end] = [day * DAY, (day + 1) * DAY];
  if (manifest.exportType === 'INCREMENTAL_EXPORT') {
    return begin >= manifest.exportFromTime && end <= manifest.exportToTime;
  }
  const dayOfExport = Math.floor(manifest.exportTime / DAY);
  return day < dayOfExport && (manifest.startDate === undefined || begin >= Date.parse(manifest.startDate));
}

/** The first day of an incremental export's window. */
export const firstDayOf = (manifest: Manifest): number =>
  manifest.exportType === 'INCREMENTAL_EXPORT' ? Math.ceil(manifest.exportFromTime / DAY) : 0;

/** Whether a day that is not in the window comes after it: it ends later than what the export holds. */
export const isAfterWindow = (day: number, manifest: Manifest): boolean =>
  (day + 1) * DAY > (manifest.exportType === 'INCREMENTAL_EXPORT' ? manifest.exportToTime : manifest.exportTime);

export const hasOldImages = (manifest: Manifest): boolean =>
  manifest.exportType === 'INCREMENTAL_EXPORT' && manifest.outputView === 'NEW_AND_OLD_IMAGES';

/** The day that the window is; undefined where it is not one whole UTC day. */
export function wholeDayOf(manifest: Manifest): number | undefined {
  if (manifest.exportType === 'FULL_EXPORT') return undefined;
  const day = Math.floor(manifest.exportFromTime / DAY);
  return manifest.exportFromTime === day * DAY && manifest.exportToTime === (day + 1) * DAY ? day : undefined;
}

/** What it cannot tell is null. */
export function canTell({ at, on = 'put' }: ActivityInput, manifest: Manifest): boolean {
  if (manifest.exportType === 'FULL_EXPORT') return on === 'put' && at !== undefined;
  if (on !== 'put' && !hasOldImages(manifest)) return false;
  return at !== undefined || wholeDayOf(manifest) !== undefined;
}
