import { minute, second } from "@/lib/time";

/** [quiet for at least, look again after]: from a run in which things happen to one that stands still. */
const paces = [
  [0, 200],
  [15 * second, 500],
  [minute, second],
  [5 * minute, 2 * second],
] as const;

/** How long to wait before a run is looked at again, after nothing has happened for `quietMs`. */
export function paceAfter(quietMs: number): number {
  return paces.findLast(([from]) => quietMs >= from)?.[1] ?? paces[0][1];
}
