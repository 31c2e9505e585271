import { describe, expect, it } from 'vitest';
import { RecordingPublisher } from '../../../src/adapters/local/recording-publisher.ts';

const DAY = 86_400_000;
const NOW = 20_050 * DAY + 7_200_000;
const point = (value: number, over: object = {}) => ({
  name: 'ActiveUsers',
  app: 'chess',
  value,
  timestamp: 20_049 * DAY,
  ...over,
});

describe('RecordingPublisher', () => {
  it('keeps the maximum of each name, app and timestamp', async () => {
    const publisher = new RecordingPublisher(() => NOW);
    await publisher.publish([point(3), point(2, { app: 'sudoku' }), point(1, { name: 'GamesPlayed' })]);
    await publisher.publish([point(5), point(4), point(7, { timestamp: 20_048 * DAY })]);
    expect(publisher.maxima()).toEqual([
      point(7, { timestamp: 20_048 * DAY }),
      point(5),
      point(2, { app: 'sudoku' }),
      point(1, { name: 'GamesPlayed' }),
    ]);
    expect(publisher.received).toBe(6);
  });

  it('takes points that are two weeks old to the millisecond, and none of a call with an older one', async () => {
    const publisher = new RecordingPublisher(() => NOW);
    const oldest = NOW - 14 * DAY;
    await publisher.publish([point(1, { timestamp: oldest })]);
    await expect(publisher.publish([point(9), point(2, { timestamp: oldest - 1 })])).rejects.toThrow(
      'ActiveUsers: CloudWatch refuses a point in time; expected a timestamp from',
    );
    expect(publisher.maxima()).toEqual([point(1, { timestamp: oldest })]);
  });
});
