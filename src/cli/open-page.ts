import open from 'open';
import type { Terminal } from './terminal/terminal.ts';

/** Opens a page where this machine opens pages; where it has nothing for that, says so. */
export async function openPage(url: string, terminal: Terminal): Promise<void> {
  try {
    await open(url);
  } catch (error) {
    terminal.note(`note: the page could not be opened: ${error instanceof Error ? error.message : String(error)}`);
  }
}
