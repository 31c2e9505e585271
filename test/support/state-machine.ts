import { seededRandom } from './seeded-random.ts';

type Json = unknown;
type Fields = Readonly<Record<string, Json>>;

/** What an execution calls: Lambda and S3. */
export interface StateMachineWorld {
  invoke(functionArn: string, payload: Json): Promise<Json>;
  readObject(bucket: string, key: string): Promise<string>;
  /** In which order children are started, and how many at a time are let run together. */
  readonly seed: number;
}

/** A state has failed, with what an execution would show. */
export class StateFailed extends Error {
  override readonly name = 'StateFailed';
  constructor(
    readonly error: string,
    readonly reason: string,
  ) {
    super(`${error}: ${reason}`);
  }
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_PAYLOAD_BYTES = 262_144;

/** Fields of states that this driver understands: with any other it would not do what Step Functions does. */
const UNDERSTOOD: Record<string, readonly string[]> = {
  Task: ['Type', 'Comment', 'Resource', 'Parameters', 'Retry', 'OutputPath', 'ResultPath', 'Next', 'End'],
  Map: [
    ...['Type', 'Comment', 'Label', 'ItemReader', 'ItemsPath', 'ItemSelector', 'ItemBatcher', 'MaxConcurrency'],
    ...['ToleratedFailurePercentage', 'ItemProcessor', 'ResultPath', 'Next', 'End'],
  ],
};

/**
 * Runs a definition in Amazon States Language (JSONPath) as Step Functions does, as far as ours goes: Distributed Maps
 * over a JSON Lines object or an array, batches, Lambda tasks with retries, paths, the limit of payloads, redrive.
 * @see https://states-language.net/
 */
export class Execution {
  #state: string;
  #input: Json;
  /** Of each Map, which children have succeeded: a redrive leaves them alone. */
  readonly #succeeded = new Map<string, Set<number>>();

  constructor(
    private readonly definition: Fields,
    input: Json,
    private readonly world: StateMachineWorld,
    private readonly execution: { readonly Name: string; readonly StartTime: string },
  ) {
    this.#state = String(definition.StartAt);
    this.#input = input;
  }

  /** Runs to the end, or on from the state that failed before. */
  async run(): Promise<Json> {
    const states = this.definition.States as Record<string, Fields>;
    for (;;) {
      const state = states[this.#state] as Fields;
      const context = { Execution: this.execution };
      const output = await this.#enter(this.#state, state, this.#input, context);
      if (state.End === true) return output;
      this.#state = String(state.Next);
      this.#input = output;
    }
  }

  async #enter(name: string, state: Fields, input: Json, context: Fields): Promise<Json> {
    const understood = UNDERSTOOD[String(state.Type)] ?? [];
    const strange = Object.keys(state).filter((field) => !understood.includes(field));
    if (strange.length > 0) throw new Error(`${name} has ${strange.join()}, which this driver does not know`);
    requireFits(name, input);
    const result =
      state.Type === 'Map' ? await this.#map(name, state, input, context) : await this.#task(state, input, context);
    const combined = state.ResultPath === null ? input : result;
    const output = state.OutputPath === null ? {} : valueAt(String(state.OutputPath ?? '$'), combined, context);
    requireFits(name, output);
    return output;
  }

  async #task(state: Fields, input: Json, context: Fields): Promise<Json> {
    if (!String(state.Resource).endsWith(':states:::lambda:invoke')) throw new Error(`unknown ${state.Resource}`);
    const { FunctionName, Payload } = fill(state.Parameters, input, context) as Fields;
    requireFits('payload', Payload);
    const retriers = (state.Retry ?? []) as { ErrorEquals: string[]; MaxAttempts?: number }[];
    const attempts = new Map<object, number>();
    for (;;) {
      try {
        return { Payload: throughJson(await this.world.invoke(String(FunctionName), throughJson(Payload))) };
      } catch (error) {
        const { name, message } = error as Error;
        const retrier = retriers.find(
          ({ ErrorEquals }) => ErrorEquals.includes(name) || ErrorEquals[0] === 'States.ALL',
        );
        const made = retrier === undefined ? 0 : (attempts.get(retrier) ?? 0);
        if (retrier === undefined || made >= (retrier.MaxAttempts ?? 3)) throw new StateFailed(name, message);
        attempts.set(retrier, made + 1);
      }
    }
  }

  async #map(name: string, state: Fields, input: Json, context: Fields): Promise<Json> {
    const processor = state.ItemProcessor as Fields;
    const children = batched(state, await this.#items(state, input, context), input, context);
    const succeeded = this.#succeeded.get(name) ?? new Set();
    this.#succeeded.set(name, succeeded);
    const outputs: Json[] = [];
    const waiting = this.#shuffled([...children.keys()].filter((index) => !succeeded.has(index)));
    const failures: StateFailed[] = [];
    const work = async (): Promise<void> => {
      for (let index = waiting.shift(); index !== undefined && failures.length === 0; index = waiting.shift()) {
        try {
          outputs[index] = await this.#child(processor, children[index], context);
          succeeded.add(index);
        } catch (error) {
          if (!(error instanceof StateFailed)) throw error;
          failures.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: 1 + (this.world.seed % 3) }, work));
    const [failure] = failures;
    if (failure !== undefined) throw new StateFailed('States.ExceedToleratedFailureThreshold', failure.message);
    requireFits(name, outputs);
    return outputs;
  }

  #shuffled(indices: readonly number[]): number[] {
    const random = seededRandom(this.world.seed);
    return indices
      .map((index) => ({ index, rank: random.next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ index }) => index);
  }

  async #child(processor: Fields, input: Json, context: Fields): Promise<Json> {
    const { Mode, ExecutionType } = processor.ProcessorConfig as Fields;
    if (Mode !== 'DISTRIBUTED' || ExecutionType !== 'STANDARD') throw new Error('not a Distributed Map');
    const [[name, state] = ['', {}], ...more] = Object.entries(processor.States as Record<string, Fields>);
    if (processor.StartAt !== name || more.length > 0 || state.End !== true) throw new Error('more than one state');
    return await this.#enter(name, state, input, context);
  }

  async #items(state: Fields, input: Json, context: Fields): Promise<Json[]> {
    if (state.ItemReader === undefined) return valueAt(String(state.ItemsPath), input, context) as Json[];
    const { Resource, ReaderConfig, Parameters } = state.ItemReader as Record<string, Fields>;
    if (!String(Resource).endsWith(':states:::s3:getObject')) throw new Error(`unknown ${Resource}`);
    if (ReaderConfig?.InputType !== 'JSONL') throw new Error(`unknown ${ReaderConfig?.InputType}`);
    const { Bucket, Key } = fill(Parameters, input, context) as Fields;
    const text = await this.world.readObject(String(Bucket), String(Key));
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }
}

function batched(state: Fields, items: readonly Json[], input: Json, context: Fields): Json[] {
  const { ItemSelector, ItemBatcher } = state as { ItemSelector?: Json; ItemBatcher?: Fields };
  const selected = items.map((Value, Index) =>
    ItemSelector === undefined ? Value : fill(ItemSelector, input, { ...context, Map: { Item: { Value, Index } } }),
  );
  if (ItemBatcher === undefined) return selected;
  const size = valueAt(String(ItemBatcher.MaxItemsPerBatchPath), input, context) as number;
  const BatchInput = fill(ItemBatcher.BatchInput, input, context);
  return Array.from({ length: Math.ceil(selected.length / size) }, (_, batch) => ({
    BatchInput,
    Items: selected.slice(batch * size, (batch + 1) * size),
  }));
}

/** A payload template: fields whose names end in `.$` are paths. */
function fill(template: Json, input: Json, context: Fields): Json {
  if (typeof template !== 'object' || template === null || Array.isArray(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith('.$')
        ? [name.slice(0, -2), valueAt(String(value), input, context)]
        : [name, fill(value, input, context)],
    ),
  );
}

/** A reference path: `$.a.b` of the input, `$$.a.b` of the context. */
function valueAt(path: string, input: Json, context: Fields): Json {
  const [root, ...names] = path.split('.');
  return names.reduce<Json>(
    (value, name) => {
      if (typeof value !== 'object' || value === null || !(name in value)) {
        throw new StateFailed('States.Runtime', `the path ${path} leads nowhere`);
      }
      return (value as Fields)[name];
    },
    root === '$$' ? context : input,
  );
}

const throughJson = (value: Json): Json => JSON.parse(JSON.stringify(value));

function requireFits(name: string, value: Json): void {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > MAX_PAYLOAD_BYTES) throw new StateFailed('States.DataLimitExceeded', `${bytes} bytes at ${name}`);
}
