import { describe, expect, it } from 'vitest';
import { PatientRetries } from '../../../src/adapters/aws/patient-retries.ts';

async function retry(errorType: string, times: number): Promise<number[]> {
  const waits: number[] = [];
  const retries = new PatientRetries(async (millis) => void waits.push(millis));
  let token = await retries.acquireInitialRetryToken();
  for (let time = 0; time < times; time++) token = await retries.refreshRetryTokenForRetry(token, { errorType });
  return waits;
}

describe('retries', () => {
  it('of what is throttled have no end, and are never more than 20 seconds apart', async () => {
    const waits = await retry('THROTTLING', 1000);
    expect(waits).toHaveLength(1000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(20_000);
    expect(Math.max(...waits)).toBeGreaterThan(10_000);
    expect(waits[0]).toBeLessThanOrEqual(1000);
  });

  it('of what passes by itself end after ten', async () => {
    expect(await retry('TRANSIENT', 10)).toHaveLength(10);
    await expect(retry('TRANSIENT', 11)).rejects.toThrow();
  });

  it.each(['CLIENT_ERROR', 'SERVER_ERROR'])('there are none of %s', async (errorType) => {
    await expect(retry(errorType, 1)).rejects.toThrow();
  });
});
