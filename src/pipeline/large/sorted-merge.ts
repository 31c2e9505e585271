/** An iterator and the value that it stands at. */
interface Head<T> {
  value: T;
  readonly rest: AsyncIterator<T>;
}

/**
 * Merges sorted sources into one sorted stream, holding one value of each. Values that compare equal come in no
 * promised order.
 */
export async function* mergeSorted<T>(
  sources: readonly AsyncIterable<T>[],
  compare: (a: T, b: T) => number,
): AsyncGenerator<T> {
  const heap: Head<T>[] = [];
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  try {
    for (const rest of iterators) {
      const { value, done } = await rest.next();
      if (done !== true) raise(heap, { value, rest }, compare);
    }
    for (let top = heap[0]; top !== undefined; top = heap[0]) {
      yield top.value;
      const { value, done } = await top.rest.next();
      if (done === true) removeTop(heap, compare);
      else {
        top.value = value;
        sink(heap, 0, compare);
      }
    }
  } finally {
    await Promise.all(iterators.map((iterator) => iterator.return?.()));
  }
}

/** Adds to a binary heap: parents come before their children. */
function raise<T>(heap: Head<T>[], head: Head<T>, compare: (a: T, b: T) => number): void {
  let index = heap.push(head) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as Head<T>;
    if (compare(above.value, head.value) <= 0) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = head;
}

function removeTop<T>(heap: Head<T>[], compare: (a: T, b: T) => number): void {
  const last = heap.pop() as Head<T>;
  if (heap.length === 0) return;
  heap[0] = last;
  sink(heap, 0, compare);
}

function sink<T>(heap: Head<T>[], from: number, compare: (a: T, b: T) => number): void {
  let index = from;
  for (;;) {
    const left = 2 * index + 1;
    const least = [left, left + 1].reduce(
      (best, child) => (isBefore(heap, child, best, compare) ? child : best),
      index,
    );
    if (least === index) return;
    [heap[index], heap[least]] = [heap[least] as Head<T>, heap[index] as Head<T>];
    index = least;
  }
}

const isBefore = <T>(heap: Head<T>[], a: number, b: number, compare: (a: T, b: T) => number): boolean => {
  const first = heap[a];
  return first !== undefined && compare(first.value, (heap[b] as Head<T>).value) < 0;
};
