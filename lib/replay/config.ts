import { z } from "zod";

const sizes = z.array(z.number().nonnegative());

/**
 * How a task is played: `executorConfig` of a task whose executor is `replay`. What a recording knows of it (command, files,
 * bytes) is said again in its log; other settings may stand beside these.
 */
export const replayConfig = z.object({
  /** How long it took when it was recorded. */
  durationMs: z.number().nonnegative().default(1_000),
  /** By which share of that the tasks of different runs differ: 0.2 is a fifth, either way. */
  spread: z.number().min(0).max(1).default(0),
  /** How many times as fast as it was recorded. */
  speed: z.number().positive().default(1),
  /** The share of attempts that fail; which ones follows from `seed`, node and attempt. */
  failureRate: z.number().min(0).max(1).default(0),
  /** Null: each run has its own. */
  seed: z.number().int().nullable().default(null),
  command: z
    .object({ program: z.string().default(""), arguments: z.array(z.string()).default([]) })
    .nullable()
    .default(null),
  inputFiles: z.array(z.string()).default([]),
  outputFiles: z.array(z.string()).default([]),
  /** Bytes of the files, in their order; empty where the recording does not say. */
  inputSizes: sizes.default([]),
  outputSizes: sizes.default([]),
  readBytes: z.number().nonnegative().nullable().default(null),
  writtenBytes: z.number().nonnegative().nullable().default(null),
});
export type ReplayConfig = z.infer<typeof replayConfig>;

/** What a person chooses for the replay of a run. */
export const replaySettings = z.object({
  speed: z.coerce
    .number("A number, such as 60.")
    .min(0.1, "At least 0.1.")
    .max(1_000_000, "At most 1,000,000."),
  failureRate: z.coerce.number("A number from 0 to 1.").min(0, "At least 0.").max(1, "At most 1."),
  seed: z.coerce.number("A whole number.").int("A whole number.").min(0).max(2_147_483_647),
});
export type ReplaySettings = z.infer<typeof replaySettings>;

export interface PlayedFile {
  name: string;
  sizeBytes: number | null;
}

export const filesOf = (names: readonly string[], bytes: readonly number[]): PlayedFile[] =>
  names.map((name, index) => ({ name, sizeBytes: bytes[index] ?? null }));
