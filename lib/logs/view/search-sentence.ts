import { formatBytes, formatCount, formatDuration, formatPlural } from "@/lib/format";
import { hidingGaps, type SearchRun } from "./search-run";

interface Told {
  /** What was found. */
  found: string;
  /** What it took, or how far it has come. */
  detail: string;
}

interface Asked {
  /** Rows of the episode. */
  total: number;
  /** How many rows the query keeps in all, where that is known without reading. */
  counted: number | null;
  /** A time of day, as this page writes it. */
  clock: (at: string) => string;
}

/** What the strip above a filtered list says: exact at every moment, also when the search has not gone through. */
export function searchSentence(run: SearchRun, asked: Asked): Told {
  const { total, counted } = asked;
  const hits = formatPlural(run.hits, "hit");
  const found = counted === null ? hits : `${formatPlural(counted, "row")} kept`;
  const soFar = counted === null ? `${hits} so far` : found;
  switch (run.status) {
    case "idle":
    case "running":
      return { found, detail: list([...readSoFar(run), backTo(run, asked), timeLeft(run)]) };
    case "complete":
      return { found, detail: list([`in all ${formatPlural(total, "row")}`, bytes(run)]) };
    case "paused":
      return { found: soFar, detail: list(["newest first", backTo(run, asked)]) };
    case "capped":
      return {
        found: `${formatPlural(run.hits, "hit")} listed`,
        detail: at(run, "as many as one page holds"),
      };
    case "stopped":
      return { found: soFar, detail: at(run, "stopped") };
    case "failed":
      return { found: soFar, detail: at(run, "broken off") };
    case "costly":
      return { found: soFar, detail: cost(run) };
  }
}

/** "2 damaged chunks may hide hits"; null when nothing may. */
export function hiddenSentence(run: SearchRun): string | null {
  const gaps = hidingGaps(run.rows);
  if (gaps.length === 0) return null;
  const chunks = new Set(gaps.map((gap) => gap.chunkNumber ?? `${gap.from} on its own`));
  const away = gaps.every((gap) => gap.reason === "unreadable");
  return `${formatPlural(chunks.size, away ? "unread chunk" : "damaged chunk")} may hide hits`;
}

/** What the query line says before a search: "≈ 3 chunks, 12 MB". */
export function planSentence(plan: { chunksToRead: number; bytesToRead: number; final: boolean }): string {
  if (plan.chunksToRead === 0) return "no archive to read";
  const figures = `${formatPlural(plan.chunksToRead, "chunk")}, ${formatBytes(plan.bytesToRead)}`;
  return plan.final ? `≈ ${figures}` : `at most ${figures}`;
}

/** Bytes of the archive that a search still has to read, as the button says that lets it. */
export function bytesAhead(run: SearchRun): string {
  return formatBytes(Math.max(0, run.before.bytes + (run.plan?.bytesToRead ?? 0) - run.bytesRead));
}

function readSoFar(run: SearchRun): (string | null)[] {
  if (run.chunksToRead === 0) return [];
  return [`${formatCount(run.chunksDone)} of ${formatPlural(run.chunksToRead, "chunk")}`, bytes(run)];
}

function cost(run: SearchRun): string {
  const chunks = formatPlural(Math.max(0, run.chunksToRead - run.chunksDone), "chunk");
  return list([bytes(run) && `${bytes(run)} so far`, `${bytesAhead(run)} in ${chunks} to go`]);
}

function bytes(run: SearchRun): string | null {
  return run.bytesRead > 0 ? `${formatBytes(run.bytesRead)} read` : null;
}

function backTo(run: SearchRun, { clock }: Asked): string | null {
  if (!run.backTo) return null;
  return `back to ${run.backTo.at ? clock(run.backTo.at) : `row ${formatCount(run.backTo.seq)}`}`;
}

function timeLeft({ etaMs }: SearchRun): string | null {
  if (etaMs === null || etaMs < 500) return null;
  return `about ${formatDuration(Math.ceil(etaMs / 1000) * 1000)} left`;
}

function at(run: SearchRun, what: string): string {
  return run.backTo ? `${what} at row ${formatCount(run.backTo.seq)}` : what;
}

function list(parts: readonly (string | null)[]): string {
  return parts.filter(Boolean).join(", ");
}
