import "server-only";
import { builtin } from "./builtin/builtin";
import type { Executor, ExecutorType } from "./executor";
import { replay } from "./replay";

/** Who does the work of a task in our own worker; null for those that others do. */
const executors: Record<ExecutorType, Executor | null> = {
  builtin,
  process: null,
  http: null,
  external: null,
  replay,
};

export function executorNamed(type: string): Executor | null {
  return Object.hasOwn(executors, type) ? executors[type as ExecutorType] : null;
}

/** What a worker of ours may claim. */
export function servedExecutors(): string[] {
  return Object.keys(executors).filter((type) => executorNamed(type) !== null);
}
