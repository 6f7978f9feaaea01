const tails = new Map<string, Promise<unknown>>();

/**
 * Runs `work` when everything before it under the same key is done. Transactions on one record of this process wait here
 * instead of conflicting in the database and doing their work again; other processes are kept apart by the database.
 */
export function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = tails.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  tails.set(key, mine);
  const forget = () => {
    if (tails.get(key) === mine) tails.delete(key);
  };
  mine.then(forget, forget);
  return mine;
}
