import { z } from "zod";

/** Something a task left. */
export const artifactRow = z.object({
  id: z.string(),
  type: z.string(),
  title: z.string(),
  contentType: z.string().nullable(),
  sizeBytes: z.number(),
  createdAt: z.iso.datetime(),
  /** The task that made it; null for what the run itself made. */
  taskId: z.string().nullable(),
});
export type ArtifactRow = z.infer<typeof artifactRow>;

export const artifactList = z.object({
  artifacts: z.array(artifactRow),
  /** There are more: these are the first by their task. */
  cut: z.boolean(),
});
export type ArtifactList = z.infer<typeof artifactList>;

/** The beginning of an artifact, as far as it can be shown. */
export const artifactPreview = z.object({
  kind: z.enum(["json", "text", "image", "none"]),
  /** Of JSON and text; JSON is indented where all of it was read. */
  text: z.string().nullable(),
  /** There is more than what stands here. */
  cut: z.boolean(),
  /** Why there is nothing to see. */
  reason: z.string().nullable(),
});
export type ArtifactPreview = z.infer<typeof artifactPreview>;
