/**
 * Runs `work` on the items, several at a time, and gives the results in the order of the items. One item is under way at
 * first; each result that is taken doubles that, up to `most`: a search that finds at once reads little, one that does not
 * find soon reads with full force.
 */
export async function* inOrder<T, R>(
  items: AsyncIterator<T>,
  most: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  let width = 1;
  let ended = false;
  let asked: Promise<IteratorResult<T>> | null = null;
  for (;;) {
    if (!asked && !ended && underWay.length < width) asked = quiet(items.next());
    const [first] = underWay;
    if (!asked && !first) return;
    // A result that is there is not held back because the next item is long in coming.
    const came = await Promise.race([
      ...(first ? [first.then((result) => ({ result }))] : []),
      ...(asked ? [asked.then((item) => ({ item }))] : []),
    ]);
    if ("item" in came) {
      asked = null;
      if (came.item.done) ended = true;
      else underWay.push(quiet(work(came.item.value)));
    } else {
      underWay.shift();
      yield came.result;
      width = Math.min(most, width * 2);
    }
  }
}

/** What fails before its turn is thrown at its turn, and not at all once nobody waits for it. */
function quiet<R>(promise: Promise<R>): Promise<R> {
  promise.catch(() => {});
  return promise;
}
