import type { canaryProblemKinds } from "@/drizzle/schema/canary-problems";
import type { LogEntryDetail, LogGapRow, LogRow } from "@/lib/logs/schema";
import { canaryLine, numberIn } from "./line";

export interface Finding {
  line: number;
  kind: (typeof canaryProblemKinds)[number];
  detail: string;
}

export interface Comparison {
  /** The lines up to here, not included, were compared; the rest could not be read now. */
  through: number;
  cold: number;
  findings: Finding[];
}

/**
 * Compares a stretch of an episode, as a reader gets it, with what was sent. `rows` are all rows from line `from` to line
 * `to`-1. A row that a store did not give now is no loss: the comparison ends before it and is made again later.
 */
export function compareRows(episodeId: string, from: number, to: number, rows: LogRow[]): Comparison {
  const findings: Finding[] = [];
  const missing = (first: number, last: number, detail: string) => {
    for (let line = first; line <= last; line++) findings.push({ line, kind: "missing", detail });
  };
  let next = from;
  let cold = 0;
  for (const row of rows) {
    const first = Number(row.kind === "gap" ? row.from : row.seq);
    const last = Number(row.kind === "gap" ? row.to : row.seq);
    if (row.kind === "gap" && !isLoss(row)) return { through: Math.min(first, to), cold, findings };
    missing(next, Math.min(first, to) - 1, "The reader leaves it out without a word.");
    if (row.kind === "gap") {
      missing(Math.max(first, next), Math.min(last, to - 1), row.detail);
    } else if (first < next) {
      findings.push({ line: first, kind: "duplicate", detail: "The reader gives it twice." });
    } else {
      const finding = judge(episodeId, first, row);
      if (finding) findings.push(finding);
      if (row.tier === "cold") cold++;
    }
    next = Math.max(next, last + 1);
  }
  missing(next, to - 1, "The reader ends before it.");
  return { through: to, cold, findings };
}

/** Compares one line with all that is stored of it. Null when it could not be read now. */
export function compareEntry(
  episodeId: string,
  line: number,
  found: LogEntryDetail | LogGapRow | null,
): Comparison | null {
  if (found === null || "kind" in found) {
    if (found && !isLoss(found)) return null;
    const detail = found?.detail ?? "The reader knows no such number.";
    return { through: line + 1, cold: 0, findings: [{ line, kind: "missing", detail }] };
  }
  const finding = judge(episodeId, line, found) ?? judgeMetadata(episodeId, line, found);
  return { through: line + 1, cold: found.tier === "cold" ? 1 : 0, findings: finding ? [finding] : [] };
}

const isLoss = ({ reason }: LogGapRow) => reason !== "in_flight" && reason !== "unreadable";

type Head = Pick<LogEntryDetail, "at" | "level" | "message">;

function judge(episodeId: string, line: number, found: Head): Finding | null {
  const sent = canaryLine(episodeId, line);
  if (found.message === sent.message && found.at === sent.at && found.level === sent.level) return null;
  const other = numberIn(found.message);
  if (other !== null && other !== line && found.message === canaryLine(episodeId, other).message) {
    const kind = other < line ? "duplicate" : "out_of_order";
    return { line, kind, detail: `Line ${other} stands in its place.` };
  }
  const part = found.message !== sent.message ? "message" : found.at !== sent.at ? "time" : "level";
  return { line, kind: "changed", detail: `Its ${part} is another than was sent.` };
}

function judgeMetadata(episodeId: string, line: number, { metadataText }: LogEntryDetail): Finding | null {
  if (metadataText === canaryLine(episodeId, line).metadataText) return null;
  return { line, kind: "changed", detail: "Its metadata are others than were sent." };
}
