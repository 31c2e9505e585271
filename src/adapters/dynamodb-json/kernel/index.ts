/**
 * The kernel: decompresses (`inflate`), and finds in lines of DynamoDB JSON what a program asks for, without building
 * anything else. The program (codes.ts says what it is made of) stands at `programAt` and may be another one at each call.
 *
 * `classify` makes bit masks of whole lines; `project` goes through them and leaves a row for each activity of a record,
 * and for each line of an unexpected shape, which somebody else has to parse. Ignored and deleted records are only counted.
 */
import { GZIPPED, KNOWN_PLACES_LOG2, MAX_GZIPPED, PROGRAM, ROWS } from './layout';
import { readLine } from './line';
import { lineAt, lineEnd, mayHaveEscapes } from './masks';
import { clearCounts, report } from './record';
import { addLine, clearRows, hasRoom, nameRows, nextRow } from './rows';

export { inflate, inflateIn, inflateOut, startInflate } from './inflate';
export { classify, isAscii, isStopped, lineAt, lineCount } from './masks';
export { deleted, ignored } from './record';
export { rowCount } from './rows';
export const gzippedAt: u32 = <u32>GZIPPED;
export const maxGzipped: u32 = <u32>MAX_GZIPPED;
export const programAt: u32 = <u32>PROGRAM;
export const rowsAt: u32 = <u32>ROWS;
export const knownPlaces: u32 = 1 << (<u32>KNOWN_PLACES_LOG2);

/** Reads lines that have been classified, from `line` up to `endLine` or until there is no room for results; the next line. */
export function project(line: u32, endLine: u32): u32 {
  clearCounts();
  clearRows();
  let at = lineAt(line);
  while (line < endLine && hasRoom()) {
    const end = lineEnd(line);
    const row = nextRow;
    if (!readLine(at, end, mayHaveEscapes(line)) || !report(line)) addLine(line, row, at, end);
    at = end + 1;
    line += 1;
  }
  nameRows();
  return line;
}
