const INTERVAL_MILLIS = 50;
const PATIENCE_MILLIS = 30_000;

/**
 * Asks again and again until the answer is neither undefined nor false.
 * @returns the answer
 * @throws Error, naming what was waited for, where it never came
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  patienceMillis = PATIENCE_MILLIS,
): Promise<T> {
  const deadline = Date.now() + patienceMillis;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${patienceMillis} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MILLIS));
  }
}
