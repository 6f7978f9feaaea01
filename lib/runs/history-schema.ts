import { z } from "zod";

/** How long a node took in runs of its workflow that succeeded. */
export const nodeHistory = z.object({
  /** How many of them had it, and did not take it from the cache. */
  runs: z.number().int(),
  p50Ms: z.number(),
  p90Ms: z.number(),
  /**
   * A run after these is slower than usual when it takes longer than this. Null while the last ones do not agree: one slow
   * run is chance, three in a row are a regression.
   */
  slowAboveMs: z.number().nullable(),
});
export type NodeHistory = z.infer<typeof nodeHistory>;

/** What is known about the durations of a workflow's nodes, by node id. */
export const workflowHistory = z.object({
  /** Runs that were looked at. */
  runs: z.number().int(),
  nodes: z.record(z.string(), nodeHistory),
});
export type WorkflowHistory = z.infer<typeof workflowHistory>;

/** The durations of one node, newest run first. */
export const taskHistory = z.object({
  durations: z.array(z.object({ runId: z.string(), durationMs: z.number() })),
  node: nodeHistory.nullable(),
});
export type TaskHistory = z.infer<typeof taskHistory>;
