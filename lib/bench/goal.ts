import type { Db } from "mongodb";
import type { WorkspaceScope } from "@/lib/auth/access";

/** One measured figure and the goal it is held against. Both sides were measured in the same run, on the same data. */
export interface Figure {
  /** "G1". A goal with several figures repeats it. */
  id: string;
  /** What is measured, in two or three words. */
  name: string;
  /** Ours against the baseline, or a plain figure where the goal is one. */
  value: number;
  /** What `value` is: a ratio ("x"), or a unit. */
  unit: "x" | "ms" | "MB" | "count";
  goal: { atLeast: number } | { atMost: number };
  /** The two sides as measured, each with its unit: "41,200 rows/s". */
  ours: string;
  baseline: string;
}

export interface Goal {
  id: string;
  /** One line that says what is compared with what, for the help. */
  title: string;
  run(bench: Bench): Promise<Figure[]>;
}

export interface EpisodeData {
  scope: WorkspaceScope;
  episodeId: string;
  rows: number;
}

/** What a goal works with. Everything here is real: the run's own databases, object store and production server. */
export interface Bench {
  /** `--logs`: how many log lines the large goals use. */
  readonly logs: number;
  /** `--runs`: how many runs the large goals of runs use. */
  readonly runs: number;
  /** Seeds the generators, so that a run can be repeated. */
  readonly seed: number;
  readonly signal: AbortSignal;
  /** A new workspace and its owner. */
  workspace(): Promise<WorkspaceScope>;
  /**
   * An episode of generated lines, taken in through the product's own path; made once for each kind and size in a run.
   * hot: all in MongoDB; archived: all in chunks of 50,000 rows; mixed: the newest 10,000 rows hot.
   */
  episode(kind: "hot" | "archived" | "mixed", rows: number): Promise<EpisodeData>;
  /** The production server on the run's databases, started on first use. */
  web(): Promise<{ url: string }>;
  /** The same with a count of all commands it has sent to MongoDB, for what is measured in questions. */
  countedWeb(): Promise<{ url: string; commands(): number }>;
  /** An API token of the workspace for that server. */
  token(scope: WorkspaceScope): Promise<string>;
  /** The run's MongoDB database, for baselines only. Collections of a baseline start with "baseline". */
  readonly mongo: Db;
  /** A folder of the run's own, for files of baselines. */
  readonly folder: string;
  /** The object store's folder. Set even when goals choose another store. */
  readonly objects: string;
  /** Says what is being done; long work is never silent. */
  note(text: string): void;
}

export function isMet({ value, goal }: Figure): boolean {
  return "atLeast" in goal ? value >= goal.atLeast : value <= goal.atMost;
}
