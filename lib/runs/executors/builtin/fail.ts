import { createHash } from "node:crypto";
import { z } from "zod";
import { configOf } from "../config";
import type { Executor } from "../executor";

const config = z.object({
  /** How often it fails, from 0 (never) to 1 (always). */
  rate: z.number().min(0).max(1).default(1),
  seed: z.union([z.string(), z.number()]).default(1),
  message: z.string().max(2_000).default("This node fails, as it was told to."),
});

/**
 * Fails at a rate: for rehearsing retries and for tests. The same seed, node and attempt always go the same way, so a redelivery
 * fails again and a retry by a person may succeed.
 */
export const failNode: Executor = {
  async run({ task, log }) {
    const { rate, seed, message } = configOf(task, config);
    const drawn = share(`${seed} ${task.nodeId} ${task.attempt}`);
    log("stdout", `Failing at a rate of ${rate}: this attempt drew ${drawn.toFixed(3)}`);
    if (drawn >= rate) return { outcome: "succeeded", preview: { drawn, rate } };
    log("stderr", message, "error");
    return { outcome: "failed", errorMessage: message, preview: { drawn, rate } };
  },
};

/** From 0 up to, not including, 1. */
function share(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
