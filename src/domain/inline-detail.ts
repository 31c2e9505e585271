/*
 * How much per-user detail stays in the items of a day. A table of one write unit takes one kilobyte a second: a night of
 * seven days to catch up must be over within the functions' time, whatever the number of users, so detail has a budget a
 * day there, for all apps together. What is over it goes to files, the largest first.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html#write-operation-consumption
 */

/** Of a day, where billing is provisioned; docs/decisions/0019 has the table of what that comes to. */
export const PROVISIONED_DETAIL_KB = 64;

/** Of an item, a write takes one unit for each of so many bytes, or a part of them. */
const BYTES_PER_WRITE_UNIT = 1024;

/** What a record of four metrics takes beside its detail, generously. */
const RECORD_BYTES = 640;

/** How many write units a record takes for its detail: none where that has room in the unit that it takes anyway. */
const detailUnits = (detailBytes: number): number =>
  Math.ceil((RECORD_BYTES + detailBytes) / BYTES_PER_WRITE_UNIT) - Math.ceil(RECORD_BYTES / BYTES_PER_WRITE_UNIT);

/**
 * The apps of a day whose detail stays in their items: the smallest, as many as the budget has room for.
 * @param budgetKb write units, of 1 KB each; infinite where billing is on-demand
 */
export function inlineApps(
  apps: readonly { readonly app: string; readonly detailBytes: number }[],
  budgetKb: number,
): ReadonlySet<string> {
  const inline = new Set<string>();
  let left = budgetKb;
  for (const { app, detailBytes } of apps.toSorted((a, b) => a.detailBytes - b.detailBytes)) {
    left -= detailUnits(detailBytes);
    if (left < 0) break;
    inline.add(app);
  }
  return inline;
}
