"use client";

import { useRef, useState } from "react";
import { type EpisodePlace, scrubAddress } from "@/lib/archive/acts/query-options";
import { type ScrubLine, scrubLine } from "@/lib/archive/acts/schema";
import { fetchLines } from "@/lib/query/fetch-lines";

type Of<Kind extends ScrubLine["kind"]> = Extract<ScrubLine, { kind: Kind }>;

export type ScrubRun =
  | { phase: "ready" }
  | { phase: "reading"; progress: Of<"progress"> | null }
  | { phase: "stopped"; progress: Of<"progress"> | null }
  | { phase: "done"; result: Of<"result"> }
  | { phase: "failed"; message: string; progress: Of<"progress"> | null };

/** Reads an archive again and follows how far it is. Leaving or stopping ends the reading; what was read is on record. */
export function useScrub(place: EpisodePlace, chunkNumber: number | null, onEnd: () => void) {
  const [run, setRun] = useState<ScrubRun>({ phase: "ready" });
  const reading = useRef<AbortController | null>(null);

  const start = async () => {
    const stop = new AbortController();
    reading.current = stop;
    let progress: Of<"progress"> | null = null;
    setRun({ phase: "reading", progress });
    const address = scrubAddress(place) + (chunkNumber === null ? "" : `?chunk=${chunkNumber}`);
    try {
      for await (const lines of fetchLines(address, scrubLine, stop.signal, "POST")) {
        for (const line of lines) {
          if (line.kind === "progress") progress = line;
          setRun(phaseOf(line, progress));
        }
      }
      setRun((last) => (last.phase === "reading" ? brokenOff(progress) : last));
    } catch (error) {
      if (stop.signal.aborted) setRun({ phase: "stopped", progress });
      else setRun({ phase: "failed", message: messageOf(error), progress });
    } finally {
      reading.current = null;
      onEnd();
    }
  };
  const stop = () => reading.current?.abort();
  return { run, start, stop };
}

function phaseOf(line: ScrubLine, progress: Of<"progress"> | null): ScrubRun {
  if (line.kind === "progress") return { phase: "reading", progress: line };
  if (line.kind === "result") return { phase: "done", result: line };
  return { phase: "failed", message: line.message, progress };
}

function brokenOff(progress: Of<"progress"> | null): ScrubRun {
  return { phase: "failed", message: "The connection broke off.", progress };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "The archive could not be read.";
}
