import { z } from "zod";
import { episodeId } from "../schema";
import { mostParamBytes, viewParams } from "./view-params";

export const savedView = z.object({
  id: z.uuid(),
  name: z.string(),
  params: z.string(),
  /** Null when it is for any episode. */
  episodeId: z.string().nullable(),
  shared: z.boolean(),
  by: z.string(),
  updatedAt: z.iso.datetime(),
  /** The reader made it. */
  own: z.boolean(),
  /** The reader may change or delete it. */
  mayChange: z.boolean(),
});
export type SavedView = z.infer<typeof savedView>;

export const savedViews = z.object({
  views: z.array(savedView),
  /** The reader may show views to everybody here. */
  mayShare: z.boolean(),
});
export type SavedViews = z.infer<typeof savedViews>;

const name = z.string().trim().min(1, "A name is wanted.").max(80, "A name has at most 80 letters.");
const ticked = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");
const params = z
  .string()
  .max(3 * mostParamBytes)
  .transform(viewParams)
  .refine(
    (text) => new TextEncoder().encode(text).length <= mostParamBytes,
    "This query is too long to be saved.",
  );

export const saveViewInput = z.object({
  name,
  params,
  /** The episode one looks at, and whether the view is for this one alone. */
  episodeId,
  onlyHere: ticked,
  shared: ticked,
});
export const updateViewInput = z.object({ viewId: z.uuid(), params });
export const editViewInput = z.object({ viewId: z.uuid(), name, shared: ticked });
export const viewInput = z.object({ viewId: z.uuid() });
export type SaveViewInput = z.infer<typeof saveViewInput>;
export type UpdateViewInput = z.infer<typeof updateViewInput>;
export type EditViewInput = z.infer<typeof editViewInput>;
export type ViewInput = z.infer<typeof viewInput>;

export const mostViews = 100;
