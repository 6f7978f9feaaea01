/**
 * The results of `work` in the order of its items, with up to `depth` of them under way. What is under way when the reader
 * stops is left to end by itself: its result is dropped.
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  depth: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const source = items[Symbol.asyncIterator]();
  const underWay: Promise<R>[] = [];
  let more = true;
  try {
    for (;;) {
      while (more && underWay.length < depth) {
        const item = await source.next();
        if (item.done) more = false;
        else underWay.push(quiet(work(item.value)));
      }
      const first = underWay.shift();
      if (!first) return;
      yield await first;
    }
  } finally {
    await source.return?.();
  }
}

/** A failure counts when its turn comes, and not at all when nobody waits for it any more. */
function quiet<R>(promise: Promise<R>): Promise<R> {
  promise.catch(() => {});
  return promise;
}
