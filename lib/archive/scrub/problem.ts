import type { Span } from "@/lib/logs/spans";
import type { LogScrub } from "@/lib/mongo/collections/log-operations";

export const problemKinds = [
  // about the object of a chunk
  "missing_object",
  "unreadable_object",
  "wrong_size",
  "corrupt_member",
  "wrong_footer",
  "no_index",
  "wrong_index",
  // about chunks beside each other
  "number_collision",
  "number_missing",
  "number_beyond",
  "overlap",
  "gap",
  "shared_object",
] as const;

/** Something that a scrub found, with the place it is at. The sentence is for a person. */
export interface Problem {
  kind: (typeof problemKinds)[number];
  chunkNumber: number | null;
  from: bigint | null;
  to: bigint | null;
  sentence: string;
}

export function problemIn(
  kind: Problem["kind"],
  chunk: { chunkNumber: number } | null,
  span: Span | null,
  sentence: string,
): Problem {
  return {
    kind,
    chunkNumber: chunk?.chunkNumber ?? null,
    from: span?.from ?? null,
    to: span?.to ?? null,
    sentence,
  };
}

/** As JSON carries it. */
export function toProblemText({ from, to, ...problem }: LogScrub["problems"][number]) {
  return { ...problem, from: from?.toString() ?? null, to: to?.toString() ?? null };
}
