import type { LedgerEntry } from '../../domain/run-ledger.ts';
import type { DateText } from '../../domain/utc-day.ts';
import type { AnalyticsStore } from '../../pipeline/ports.ts';
import { batchGet, type TableAccess } from './batch-get.ts';
import { ledgerKey, toLedgerEntry } from './ledger-item.ts';

/** Reads the ledger from the Analytics Table in DynamoDB, for those who only read. */
export class LedgerReader implements Pick<AnalyticsStore, 'readLedger'> {
  constructor(private readonly table: TableAccess) {}

  async readLedger(dates: readonly DateText[], options: { readonly consistent: boolean }): Promise<LedgerEntry[]> {
    const items = await batchGet(this.table, dates.map(ledgerKey), options);
    return items.map((item) => toLedgerEntry(item, this.table.tableName));
  }
}
