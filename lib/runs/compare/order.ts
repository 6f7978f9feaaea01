import { shortTaskName } from "../task-name";
import type { TaskPair } from "./schema";
import type { PairSort } from "./search-params";
import type { Difference, PairVerdict } from "./verdict";

type Verdicts = ReadonlyMap<string, PairVerdict>;

const gravity: readonly Difference[] = ["outcome", "only_a", "only_b", "log", "duration", "attempts", "none"];
const rankOf = (difference: Difference) => (difference === "only_b" ? 1 : gravity.indexOf(difference));

/** Pairs in the order that was asked for. They come in the order of their start, which also decides between equals. */
export function inOrder(
  pairs: readonly TaskPair[],
  verdicts: Verdicts,
  { sort, turned }: { sort: PairSort; turned: boolean },
): TaskPair[] {
  const sorted = sort === "start" ? [...pairs] : pairs.toSorted(orders[sort](verdicts));
  return turned ? sorted.reverse() : sorted;
}

type Order = (verdicts: Verdicts) => (one: TaskPair, other: TaskPair) => number;

const orders: Record<Exclude<PairSort, "start">, Order> = {
  /** What ended otherwise, what one side lacks, what says something else; then the greatest change of duration. */
  difference: (verdicts) => (one, other) => {
    const [a, b] = [verdicts.get(one.key), verdicts.get(other.key)];
    return (
      rankOf(a?.difference ?? "none") - rankOf(b?.difference ?? "none") ||
      size(b?.changeMs) - size(a?.changeMs)
    );
  },
  name: () => (one, other) =>
    shortTaskName(one.name, one.key).localeCompare(shortTaskName(other.name, other.key), "en", {
      numeric: true,
    }),
  change: (verdicts) => (one, other) =>
    size(verdicts.get(other.key)?.changeMs) - size(verdicts.get(one.key)?.changeMs),
  percent: (verdicts) => (one, other) =>
    size(verdicts.get(other.key)?.changeShare) - size(verdicts.get(one.key)?.changeShare),
};

/** How far, either way; what has no figure comes last. */
const size = (change: number | null | undefined) => (change == null ? -1 : Math.abs(change));
