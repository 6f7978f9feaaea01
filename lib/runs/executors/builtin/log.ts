import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { logLevels } from "@/lib/logs/level";
import { configOf } from "../config";
import type { Executor } from "../executor";

const config = z.object({
  /** Lines to write; `{n}` in the message is the number of the line. */
  lines: z.number().int().min(0).max(1_000_000).default(10),
  message: z.string().max(10_000).default("line {n}"),
  level: z.enum(logLevels).default("info"),
  stream: z.enum(["stdout", "stderr"]).default("stdout"),
  /** Pause after each line. */
  everyMs: z.number().min(0).max(60_000).default(0),
});

/** Lines between two looks at whether the log has room and somebody wants an end. */
const linesPerTurn = 500;

/** Writes lines: for trying out how logs are read, and how many. */
export const logNode: Executor = {
  async run({ task, signal, log, logRoom }) {
    const { lines, message, level, stream, everyMs } = configOf(task, config);
    for (let n = 1; n <= lines; n++) {
      log(stream, message.replaceAll("{n}", String(n)), level);
      if (everyMs > 0) await sleep(everyMs, undefined, { signal });
      else if (n % linesPerTurn === 0) {
        await logRoom();
        signal.throwIfAborted();
      }
    }
    return { outcome: "succeeded", preview: { lines } };
  },
};
