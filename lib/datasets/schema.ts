import { z } from "zod";

const binding = z.object({
  kind: z.enum(["asset", "dataset"]),
  id: z.string().min(1).max(300),
  versionId: z.string().min(1).max(300).optional(),
});
/** A choice of a person: an asset, or a dataset with or without a version. */
export type Choice = z.infer<typeof binding>;
export const choices = z.array(binding).max(100);

const size = { sizeBytes: z.number(), fileCount: z.number() };

/** Something a run can be bound to, as the picker shows it. */
export const inputOption = z.object({
  kind: z.enum(["asset", "dataset"]),
  id: z.string(),
  name: z.string(),
  /** What it is: "episodes", "rosbag". */
  type: z.string(),
  /** Why it cannot be chosen now, or null. */
  blocked: z.string().nullable(),
  /** Of a dataset: the one that is current first, then newest first. */
  versions: z.array(
    z.object({ id: z.string(), tag: z.string(), ready: z.boolean(), rows: z.number().nullable() }),
  ),
  assetCount: z.number().int(),
  ...size,
});
export type InputOption = z.infer<typeof inputOption>;

export const inputOptions = z.object({
  options: z.array(inputOption),
  /** There are more than are listed: a search finds them. */
  more: z.boolean(),
});
export type InputOptions = z.infer<typeof inputOptions>;

/** What choices come down to. */
export const resolvedInputs = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), assets: z.number().int(), datasets: z.number().int(), ...size }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);
export type ResolvedInputs = z.infer<typeof resolvedInputs>;

/** As choices stand in a URL: `dataset-grasp~version`, ids first. */
export function choiceText({ id, versionId }: Choice): string {
  return versionId === undefined ? id : `${id}~${versionId}`;
}

export function choiceOf(kind: Choice["kind"], text: string): Choice {
  const cut = text.indexOf("~");
  return cut === -1 ? { kind, id: text } : { kind, id: text.slice(0, cut), versionId: text.slice(cut + 1) };
}
