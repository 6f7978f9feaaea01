import { z } from "zod";
import { replaySettings } from "./config";

export const replayInput = replaySettings.extend({
  runId: z.string().min(1).max(200),
  /** Made with the form: sending it twice makes one run. */
  key: z.string().min(8).max(100),
});
export type ReplayInput = z.infer<typeof replayInput>;
