import type { ReadEntry } from "../entry-line";
import type { LogFilter } from "../schema";

/** Whether an entry is what the filter asks for. The text is taken as it stands, in any case. */
export function entryMatcher({ levels, text }: LogFilter): (entry: ReadEntry) => boolean {
  const needle = text.toLowerCase();
  const wanted = new Set(levels);
  return ({ level, message, metadataText }) =>
    (wanted.size === 0 || wanted.has(level)) &&
    (needle === "" ||
      message.toLowerCase().includes(needle) ||
      metadataText?.toLowerCase().includes(needle) === true);
}
