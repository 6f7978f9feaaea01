import { fromLine, type ReadEntry } from "../entry-line";
import { hitsAmong } from "../search/match";
import { candidateLines, prefilterFor } from "../search/prefilter";
import type { LogQuery } from "../search/query";

export interface HitLine {
  entry: ReadEntry;
  line: string;
}

/** The lines of a stretch that are hits, with what they say. */
export function hitLines(query: LogQuery): (lines: Buffer) => HitLine[] {
  const hits = hitsAmong(query);
  const prefilter = prefilterFor(query);
  return (lines) => {
    const candidates = candidateLines(lines, prefilter).map((line) => ({ line, entry: fromLine(line) }));
    const found = new Set(hits(candidates.map(({ entry }) => entry)));
    return candidates.filter(({ entry }) => found.has(entry));
  };
}
