"use client";

import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import type { ArchiveRights } from "@/lib/archive/acts/schema";
import { formatCount } from "@/lib/format";
import { RestoreRange } from "./restore-range";
import { fieldTime } from "./restore-range-fields";
import { VerifyNow } from "./verify-now";

interface ChunkActsProps {
  workspace: string;
  episodeId: string;
  chunk: {
    chunkNumber: number;
    from: string;
    to: string;
    startAt: string;
    endAt: string;
    sizeBytes: number;
  };
  rights: ArchiveRights;
}

/** Beside the chosen chunk: read it again, or bring its rows back. */
export function ChunkActs({ workspace, episodeId, chunk, rights }: ChunkActsProps) {
  const [open, setOpen] = useState<"verify" | "restore" | null>(null);
  const verify = useRef<HTMLButtonElement>(null);
  const restore = useRef<HTMLButtonElement>(null);
  if (!rights.write) return null;
  const { chunkNumber, from, to, startAt, endAt, sizeBytes } = chunk;
  const common = { workspace, episodeId };
  const dialog = (name: "verify" | "restore") => ({
    open: open === name,
    onOpenChange: (is: boolean) => setOpen(is ? name : null),
  });
  return (
    <>
      <Button
        ref={verify}
        size="sm"
        aria-label={`Verify chunk ${formatCount(chunkNumber)} again`}
        onClick={() => setOpen("verify")}
      >
        Verify again…
      </Button>
      <Button
        ref={restore}
        size="sm"
        aria-label={`Restore chunk ${formatCount(chunkNumber)}`}
        onClick={() => setOpen("restore")}
      >
        Restore…
      </Button>
      <VerifyNow
        key={`verify ${chunkNumber}`}
        {...common}
        {...dialog("verify")}
        chunks={1}
        bytes={sizeBytes}
        chunkNumber={chunkNumber}
        returnFocusTo={verify}
      />
      <RestoreRange
        key={`restore ${chunkNumber}`}
        {...common}
        {...dialog("restore")}
        suggested={{ from, to, since: fieldTime(startAt), until: fieldTime(endAt) }}
        returnFocusTo={restore}
      />
    </>
  );
}
