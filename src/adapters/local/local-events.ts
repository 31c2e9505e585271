import { manifestCreatedPattern } from '../../schemas/object-created-pattern.ts';
import { matchesPattern } from './event-pattern.ts';
import type { ObjectCreatedEvent } from './object-created.ts';

/**
 * EventBridge on this machine: of all objects that are created, the events that match the rule of the stack wait here
 * until they are delivered.
 */
export class LocalEvents {
  readonly #pattern: ReturnType<typeof manifestCreatedPattern>;
  readonly #matched: ObjectCreatedEvent[] = [];
  #seen = 0;

  constructor(bucket: string, prefix: string) {
    this.#pattern = manifestCreatedPattern(bucket, prefix);
  }

  put(event: ObjectCreatedEvent): void {
    this.#seen++;
    if (matchesPattern(this.#pattern, event)) this.#matched.push(event);
  }

  /** How many events there were, matching or not. */
  get seen(): number {
    return this.#seen;
  }

  /** Takes the matching events that wait, the oldest first. */
  take(): ObjectCreatedEvent[] {
    return this.#matched.splice(0);
  }
}
