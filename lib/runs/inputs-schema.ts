import { z } from "zod";

/** An asset that a run works on, as it is known now. */
export const inputAsset = z.object({
  id: z.string(),
  /** Null when it is gone: the run still names it. */
  name: z.string().nullable(),
  type: z.string().nullable(),
  formats: z.array(z.string()),
  sizeBytes: z.number().nullable(),
  fileCount: z.number().nullable(),
});
export type InputAsset = z.infer<typeof inputAsset>;

/** What a person chose, and the assets it came down to when the run was made. */
export const runInput = z.object({
  kind: z.enum(["asset", "dataset"]),
  id: z.string(),
  name: z.string().nullable(),
  versionTag: z.string().nullable(),
  assetIds: z.array(z.string()),
});
export type RunInput = z.infer<typeof runInput>;

export const runInputs = z.object({
  inputs: z.array(runInput),
  /** Of all inputs together, each once; `assetCount` counts those that are not listed too. */
  assets: z.array(inputAsset),
  assetCount: z.number().int(),
});
export type RunInputs = z.infer<typeof runInputs>;
