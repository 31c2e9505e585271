/** What was found out from a sample, before an export is read: how its items are told apart. */
export interface ReadingPlan {
  /** Attributes of the key: one or two, the partition key first. */
  readonly keys: readonly string[];
  /** Whether the export says so itself; a full one does not. */
  readonly areKeysTold: boolean;
  /** The attribute that says what an item is; null where there is none. */
  readonly typeAttribute: string | null;
}
