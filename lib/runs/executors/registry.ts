import "server-only";
import { env } from "@/lib/env";
import { builtin } from "./builtin/builtin";
import type { Executor, ExecutorType } from "./executor";
import { http } from "./http/http";
import { process } from "./process/process";
import { replay } from "./replay";

/** Who does the work of a task in our own worker; null for those that others do. */
const executors: Record<ExecutorType, Executor | null> = {
  builtin,
  process,
  http,
  external: null,
  replay,
};

export function executorNamed(type: string): Executor | null {
  return Object.hasOwn(executors, type) ? executors[type as ExecutorType] : null;
}

/** What a worker of ours may claim. */
export function servedExecutors(): string[] {
  const refused = env().STRATA_PROCESS_EXECUTOR ? [] : ["process"];
  return Object.keys(executors).filter((type) => executorNamed(type) !== null && !refused.includes(type));
}
