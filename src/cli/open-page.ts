import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import open from 'open';
import { messageOf } from '../pipeline/faults.ts';
import type { Terminal } from './terminal/terminal.ts';

/** By then a machine that has nothing to open a page with has said so. */
const FAILS_WITHIN_MILLIS = 1000;

/** Opens a page where this machine opens pages; where it cannot, says so. */
export async function openPage(url: string, terminal: Terminal): Promise<void> {
  try {
    const opener = await open(url);
    const ended = once(opener, 'exit').then(([code]) => code as number | null);
    const code = await Promise.race([ended, sleep(FAILS_WITHIN_MILLIS, 0)]);
    if (code !== 0) throw new Error('this machine has no browser to open it with');
  } catch (error) {
    terminal.note(`note: the page was not opened: ${messageOf(error)}`);
  }
}
