/** A worker that was heard of lately. */
export interface LiveWorker {
  worker: string;
  executors: string[];
  slots: number;
  busy: number;
  version: string | null;
  /** Works for this workspace only, over the worker API. */
  external: boolean;
  seenAt: string;
}
