/**
 * Gives up waiting when the signal is given. The SDK looks at the signal only between attempts, and may sleep for
 * long before the next one; a function that is about to be cut off has to say first what it leaves undone.
 */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await work;
  signal.throwIfAborted();
  let giveUp: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (giveUp !== undefined) signal.removeEventListener('abort', giveUp);
    // What comes of the work after it was given up is of no interest any more.
    work.catch(() => undefined);
  }
}

/** The signal as an option of the SDK's `send`. */
export const sendOptions = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });
