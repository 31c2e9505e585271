import type { AnalyticsRecord } from '../../src/domain/analytics-record.ts';
import { mayReplace } from '../../src/domain/provenance.ts';
import type { LedgerEntry } from '../../src/domain/run-ledger.ts';
import type { AnalyticsStore, PutOptions } from '../../src/pipeline/ports.ts';

/** An Analytics Table in memory: what the port promises, in its plainest form. */
export class MemoryStore implements AnalyticsStore {
  readonly records = new Map<string, AnalyticsRecord>();
  readonly ledger = new Map<string, LedgerEntry>();

  async readLedger(dates: readonly string[]): Promise<LedgerEntry[]> {
    return dates.flatMap((date) => this.ledger.get(date) ?? []);
  }

  async noteDefinition(): Promise<void> {
    // Its tests hold the definition themselves.
  }

  async readHeaders(date: string): Promise<AnalyticsRecord[]> {
    return [...this.records.values()].filter((record) => record.date === date);
  }

  async putRecord(record: AnalyticsRecord, { force }: PutOptions): Promise<'written' | 'outranked'> {
    const there = this.records.get(keyOf(record));
    if (there !== undefined && !force && !mayReplace(record, there)) return 'outranked';
    this.records.set(keyOf(record), record);
    return 'written';
  }

  async replaceRecord(record: AnalyticsRecord, read: { exportId: string; writtenAt: string }) {
    const there = this.records.get(keyOf(record));
    if (there?.exportId !== read.exportId || there.writtenAt !== read.writtenAt) return 'changed';
    this.records.set(keyOf(record), record);
    return 'written';
  }

  async putLedger(entry: LedgerEntry, read: { exportId: string; runId: string; writtenAt: string } | undefined) {
    const there = this.ledger.get(entry.date);
    if (versionOf(there) !== versionOf(read)) return 'changed';
    this.ledger.set(entry.date, entry);
    return 'written';
  }
}

const keyOf = ({ date, app }: { date: string; app: string }): string => `${date}/${app}`;

const versionOf = (entry: { exportId: string; runId: string; writtenAt: string } | undefined): string | undefined =>
  entry && JSON.stringify([entry.exportId, entry.runId, entry.writtenAt]);
