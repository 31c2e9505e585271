import { basename, dirname } from 'node:path';
import { itemReader } from '../src/adapters/dynamodb-json/item-reader.ts';
import { DirectoryBucket } from '../src/adapters/local/directory-bucket.ts';
import { Sample } from '../src/domain/describe/sample.ts';
import { TableStatistics } from '../src/domain/describe/table-statistics.ts';

const NOW = Date.UTC(2024, 10, 30);
/** As many as `daytally describe` looks at before it reads. */
const SAMPLE = 8192;

/**
 * The way of a data file through `daytally describe`: a sample to plan by, then whole items into statistics of their kinds.
 * It may take four times as long as `JSON.parse + zod`, which is what `aggregate` does to a line that its kernel does not take.
 */
export async function describing(file: string): Promise<{ readonly counted: number }> {
  const open = () => new DirectoryBucket(dirname(file)).stream(basename(file));
  const sample = new Sample();
  await itemReader.read(await open(), { record: (record) => sample.add(record), malformed: () => {} }, SAMPLE);
  const statistics = new TableStatistics(sample.plan(), NOW);
  const { records } = await itemReader.read(await open(), {
    record: (record) => statistics.add(record),
    malformed: () => statistics.addMalformed(),
  });
  return { counted: records };
}
