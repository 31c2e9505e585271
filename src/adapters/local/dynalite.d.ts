/** The part of dynalite that is used; it has no types of its own. https://github.com/architect/dynalite */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    /** Where to keep the tables; in memory where not given. */
    readonly path?: string;
    /** How long tables stay in the states CREATING and so on, milliseconds. */
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }

  export default function dynalite(options?: DynaliteOptions): Server;
}
