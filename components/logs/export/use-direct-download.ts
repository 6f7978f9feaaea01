"use client";

import { useEffect, useRef, useState } from "react";
import { exportPath } from "@/lib/logs/export/query-options";
import { type ReadTrailer, readTrailer, trailerBytes } from "@/lib/logs/export/read-trailer";
import type { EpisodeAddress } from "@/lib/logs/query-options";

type Download =
  | { step: "idle" }
  | { step: "reading"; bytes: number }
  | { step: "done"; fileName: string; trailer: ReadTrailer }
  | { step: "failed"; message: string };

/** A small export, read whole and then saved: so a file that broke off is never saved as if it were one. */
export function useDirectDownload(address: EpisodeAddress) {
  const [download, setDownload] = useState<Download>({ step: "idle" });
  const reading = useRef<AbortController>(null);
  useEffect(() => () => reading.current?.abort(), []);

  const start = async (params: URLSearchParams) => {
    reading.current?.abort();
    const abort = new AbortController();
    reading.current = abort;
    setDownload({ step: "reading", bytes: 0 });
    try {
      const response = await fetch(exportPath(address, params), { signal: abort.signal, cache: "no-store" });
      if (!response.ok || !response.body) throw new Error(await refusalOf(response));
      const parts: BlobPart[] = [];
      let bytes = 0;
      for (const reader = response.body.getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done) break;
        parts.push(value);
        bytes += value.length;
        setDownload({ step: "reading", bytes });
      }
      const blob = new Blob(parts, { type: "application/octet-stream" });
      const trailer = readTrailer(await blob.slice(Math.max(0, blob.size - trailerBytes)).text());
      if (!trailer?.complete) throw new Error(trailer?.problem ?? "The connection broke before the end.");
      const fileName = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
      save(blob, fileName ?? "rows");
      setDownload({ step: "done", fileName: fileName ?? "rows", trailer });
    } catch (error) {
      if (abort.signal.aborted) return;
      setDownload({ step: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  };
  const cancel = () => {
    reading.current?.abort();
    setDownload({ step: "idle" });
  };
  return { download, start, cancel };
}

/** The sentence of our routes, or the status. */
async function refusalOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  if (body && typeof body === "object" && "error" in body) {
    const { error } = body;
    if (error && typeof error === "object" && "message" in error) return String(error.message);
  }
  return `The server answered ${response.status}.`;
}

function save(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has taken the bytes over by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
