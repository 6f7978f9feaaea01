import type { RowWriter } from "./row-writer";
import { jsonTrailer } from "./trailer";

/** The archive's own lines. Those of the archive pass through as they are: not one byte of them is written anew. */
export const jsonLines: RowWriter = {
  head: "",
  lines: (bytes) => bytes,
  gap: ({ from, to, reason, chunkNumber, detail }) =>
    `${JSON.stringify({ _strata: "gap", from: from.toString(), to: to.toString(), reason, chunkNumber, detail })}\n`,
  trailer: (trailer) => `${jsonTrailer(trailer)}\n`,
};
