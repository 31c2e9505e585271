/** Somebody who waits for a moment. */
interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** A clock that stands still while anything works, and then goes on to the next moment that somebody waits for. */
export class VirtualClock {
  /** Epoch milliseconds. */
  millis: number;
  readonly #waiting: Sleeper[] = [];
  #order = 0;

  constructor(start: number) {
    this.millis = start;
  }

  now(): number {
    return this.millis;
  }

  sleep(millis: number): Promise<void> {
    return new Promise((wake) => this.at(this.millis + millis, wake));
  }

  at(moment: number, wake: () => void): void {
    this.#waiting.push({ at: moment, order: this.#order++, wake });
  }

  /** Lets time pass until the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    done.catch(() => undefined);
    for (;;) {
      // Two turns of the event loop: whatever was woken has come to its next wait.
      for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
      if (isDone) return await done;
      this.#wakeNext();
    }
  }

  #wakeNext(): void {
    const next = this.#waiting.reduce<Sleeper | undefined>(
      (first, one) =>
        first === undefined || one.at < first.at || (one.at === first.at && one.order < first.order) ? one : first,
      undefined,
    );
    if (next === undefined) throw new Error('nobody waits, and the work is not done');
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    this.millis = Math.max(this.millis, next.at);
    next.wake();
  }
}
