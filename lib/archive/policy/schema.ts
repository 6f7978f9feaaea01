import { z } from "zod";
import { episodeId } from "@/lib/logs/schema";

/** Within these an archiver works well; the database holds the policy of a workspace to the same. */
export const archivingBounds = {
  archiveThreshold: { least: 100, most: 10_000_000, unit: "rows" },
  chunkSize: { least: 100, most: 50_000, unit: "rows" },
  keepHot: { least: 0, most: 1_000_000, unit: "rows" },
  archiveAfterHours: { least: 1, most: 8_760, unit: "hours" },
} as const;
export type ArchivingField = keyof typeof archivingBounds;
export const archivingFields = Object.keys(archivingBounds) as ArchivingField[];

/** How an episode is archived, in the units people set it in. */
export const archiving = z.object({
  archiveThreshold: z.number().int(),
  chunkSize: z.number().int(),
  keepHot: z.number().int(),
  archiveAfterHours: z.number(),
});
export type Archiving = z.infer<typeof archiving>;

/** A number as people type it: "50,000" is one. */
function typedCount(field: ArchivingField) {
  const { least, most, unit } = archivingBounds[field];
  const range = `Between ${least.toLocaleString("en")} and ${most.toLocaleString("en")} ${unit}.`;
  return z
    .string()
    .max(40, range)
    .transform((text) => text.replaceAll(/[\s,_]/g, ""))
    .pipe(z.string().regex(/^\d+$/, { error: "A whole number.", abort: true }).transform(Number))
    .pipe(z.number().min(least, { error: range, abort: true }).max(most, { error: range, abort: true }));
}

const archivingInput = z.object({
  archiveThreshold: typedCount("archiveThreshold"),
  chunkSize: typedCount("chunkSize"),
  keepHot: typedCount("keepHot"),
  archiveAfterHours: typedCount("archiveAfterHours"),
});

const chunksFill = ({ chunkSize, archiveThreshold }: { chunkSize: number; archiveThreshold: number }) =>
  // Also true of fields that are wrong by themselves: those say so already.
  !(chunkSize > archiveThreshold);
const neverFull = { path: ["chunkSize"], message: "At most the threshold, or no chunk would ever be full." };

/** When the row that a form shows was last changed; empty where there was none. Another one since is a conflict. */
export const seenRevision = z.union([z.literal(""), z.iso.datetime()]);

/** For the episodes of a workspace that are made from now on. */
export const archivePolicyInput = archivingInput.extend({ seen: seenRevision }).refine(chunksFill, neverFull);
export type ArchivePolicyInput = z.infer<typeof archivePolicyInput>;

/** For one episode that is there. `seen` says what the form showed. */
export const episodeArchivingInput = archivingInput
  .extend({ episodeId, seen: z.string().regex(/^\d+(\/\d+(\.\d+)?){3}$/) })
  .refine(chunksFill, neverFull);
export type EpisodeArchivingInput = z.infer<typeof episodeArchivingInput>;

/** Names the values that a form showed; an episode has no time of its last change, since every row that arrives changes it. */
export function archivingMark(shown: Archiving): string {
  return archivingFields.map((field) => shown[field]).join("/");
}
