import { levelsOf } from "./levels";

interface Started {
  nodeId: string;
  upstreamNodeIds: string[];
  startedAt: string | null;
}

/** Tasks by start; what has not started follows in the order in which it can. Ties go by node id. */
export function inStartOrder<T extends Started>(tasks: T[]): T[] {
  const levels = levelsOf(tasks);
  const levelOf = (task: T) => levels.get(task.nodeId) ?? 0;
  return [...tasks].sort((a, b) => byStart(a, b) || levelOf(a) - levelOf(b) || compare(a.nodeId, b.nodeId));
}

function byStart(a: Started, b: Started): number {
  if (a.startedAt === null || b.startedAt === null)
    return Number(a.startedAt === null) - Number(b.startedAt === null);
  return compare(a.startedAt, b.startedAt);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
