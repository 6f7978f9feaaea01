import { z } from "zod";
import { taskStatuses } from "./status";

/** What an act on a run would touch (lib/runs/control/preview.ts). */
export const controlPreview = z.object({
  tasks: z.array(
    z.object({
      id: z.string(),
      nodeId: z.string(),
      name: z.string(),
      status: z.enum(taskStatuses),
      chosen: z.boolean(),
    }),
  ),
  counts: z.partialRecord(z.enum(taskStatuses), z.number().int()),
  total: z.number().int(),
  running: z.number().int(),
  artifacts: z.number().int(),
  estimateMs: z.number().nullable(),
});
export type ControlPreview = z.infer<typeof controlPreview>;
