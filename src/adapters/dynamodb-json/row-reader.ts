import { NOBODY } from '../../domain/activity.ts';
import type { CountingRules } from '../../domain/counting-rules.ts';
import type { RecordVisitor } from '../../pipeline/ports.ts';
import type { NumberedParts } from '../../schemas/export-record.ts';
import { millisOfClock, millisOfEpoch } from '../../schemas/timestamp.ts';
import type { Kernel } from './kernel.ts';
import { Row, Told } from './kernel/codes.ts';
import { KnownNames } from './known-names.ts';
import { type RowTime, rowTime } from './row-times.ts';

/** Tells the visitor of activities, of which the kernel has left rows. Those of one file, in their order. */
export class RowReader {
  readonly #apps: KnownNames;
  readonly #users: KnownNames;
  readonly #times: readonly (RowTime | undefined)[];
  /** How many numbers are added up, by activity. */
  readonly #sums: readonly number[];
  constructor(
    readonly kernel: Kernel,
    { definition }: CountingRules,
    readonly visitor: RecordVisitor,
  ) {
    this.#apps = new KnownNames(kernel, visitor.app, definition.app);
    this.#users = new KnownNames(kernel, visitor.user, NOBODY);
    this.#times = definition.activities.map(rowTime);
    this.#sums = definition.activities.map(({ sums }) => sums.length);
  }

  /** Tells of the record whose rows begin at `row`; where the next one begins. */
  read(row: number, line: number): number {
    const { table } = this.kernel;
    const told = table[(row + Row.TOLD) >> 2] as number;
    const parts = this.#parts(told, row);
    if ((told & Told.MORE) !== 0) return this.#readMore(parts, row + Row.BYTES, line);
    this.visitor.activity(parts, line);
    return row + Row.BYTES;
  }

  #readMore(first: NumberedParts, next: number, line: number): number {
    const all = [first];
    for (let row = next; ; row += Row.BYTES) {
      const told = this.kernel.table[(row + Row.TOLD) >> 2] as number;
      all.push(this.#parts(told, row));
      if ((told & Told.MORE) !== 0) continue;
      this.visitor.activities(all, line);
      return row + Row.BYTES;
    }
  }

  #parts(told: number, row: number): NumberedParts {
    const { table } = this.kernel;
    const activity = (told & Told.ACTIVITY) - 1;
    const appPlace = table[(row + Row.APP) >> 2] as number;
    const userPlace = table[(row + Row.USER) >> 2] as number;
    const app = (told & Told.APP) === 0 ? this.#apps.at(appPlace) : this.#learnApp(appPlace, row + Row.APP_SPAN);
    const user = (told & Told.USER) === 0 ? this.#users.at(userPlace) : this.#learnUser(userPlace, row + Row.USER_SPAN);
    const time = this.#time(told & Told.TIME, row + Row.TIME, activity);
    const sums = this.#sums[activity] as number;
    return sums === 0 ? { activity, app, user, time } : { activity, app, user, time, amounts: this.#amounts(row, sums) };
  }

  #learnApp(place: number, span: number): number {
    this.#users.forget(place);
    return this.#apps.learn(place, this.#text(span));
  }

  #learnUser(place: number, span: number): number {
    this.#apps.forget(place);
    return this.#users.learn(place, this.#text(span));
  }

  #time(form: number, at: number, activity: number): number | undefined {
    const time = this.#times[activity];
    if (time === undefined) return undefined;
    const { table, numbers } = this.kernel;
    if (form === Told.NUMBER) return millisOfEpoch(numbers[at >> 3] as number, time.unit);
    if (form === Told.DATE_TIME) return millisOfClock(table[at >> 2] as number, table[(at >> 2) + 1] as number);
    return form === Told.TEXT_OF_NUMBER ? time.number(this.#text(at)) : time.text(this.#text(at));
  }

  #amounts(row: number, sums: number): string[] {
    const at = (this.kernel.table[(row + Row.SUMS) >> 2] as number) - this.kernel.rowsAt;
    return Array.from({ length: sums }, (_, sum) => this.#text(at + 8 * sum));
  }

  /** The text whose span stands here. */
  #text(span: number): string {
    const { table, bytes } = this.kernel;
    return bytes.toString('utf8', table[span >> 2], table[(span >> 2) + 1]);
  }
}
