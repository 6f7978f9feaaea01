import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { formatDuration } from "@/lib/format";
import { configOf } from "../config";
import type { Executor } from "../executor";

const day = 86_400_000;
const config = z.object({ durationMs: z.number().min(0).max(day).default(1_000) });

/** Waits: a pause in a workflow, and the simplest thing that can be watched. */
export const sleepNode: Executor = {
  async run({ task, signal, log }) {
    const { durationMs } = configOf(task, config);
    log("stdout", `Sleeping ${formatDuration(durationMs)}`);
    await sleep(durationMs, undefined, { signal });
    return { outcome: "succeeded", preview: { sleptMs: durationMs } };
  },
};
