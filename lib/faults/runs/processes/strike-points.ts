/** Points of the engine, told by what is about to be asked of the database or was just answered by it. */
export interface Point {
  side: "before" | "after";
  method: "findOneAndUpdate" | "updateOne" | "updateMany";
  collection: string;
  /** Stands in what is asked. */
  asks: string;
}

export const points = {
  "a task was claimed": {
    side: "after",
    method: "findOneAndUpdate",
    collection: "run_tasks",
    asks: "deliveries",
  },
  "a task is about to be completed": {
    side: "before",
    method: "updateOne",
    collection: "run_tasks",
    asks: "completedFence",
  },
  "a task was completed": {
    side: "after",
    method: "updateOne",
    collection: "run_tasks",
    asks: "completedFence",
  },
  "a task is about to be queued": {
    side: "before",
    method: "updateMany",
    collection: "run_tasks",
    asks: "queuedAt",
  },
  "a task was queued": { side: "after", method: "updateMany", collection: "run_tasks", asks: "queuedAt" },
  "the figures are about to be written": {
    side: "before",
    method: "updateOne",
    collection: "workflow_runs",
    asks: "taskCounts",
  },
  "the figures were written": {
    side: "after",
    method: "updateOne",
    collection: "workflow_runs",
    asks: "taskCounts",
  },
} as const satisfies Record<string, Point>;

export type StrikePoint = keyof typeof points;
export const strikePoints = Object.keys(points).filter(isPoint);

export function isPoint(name: string): name is StrikePoint {
  return name in points;
}
