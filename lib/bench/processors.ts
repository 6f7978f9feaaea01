import { cpus } from "node:os";

export interface ProcessorTime {
  ms: number;
  /** What all processors of the machine worked meanwhile, in all processes. */
  busyMs: number;
}

/** On a quiet machine the work of both sides of the wire and of the database between them. */
export async function whileCountingProcessors(work: () => Promise<unknown>): Promise<ProcessorTime> {
  const since = performance.now();
  const before = processorTimes();
  await work();
  const after = processorTimes();
  const busyMs = after.all - before.all - (after.idle - before.idle);
  return { ms: performance.now() - since, busyMs };
}

/** Since the machine was started, in milliseconds. */
export function processorTimes(): { idle: number; all: number } {
  let idle = 0;
  let all = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { idle, all };
}
