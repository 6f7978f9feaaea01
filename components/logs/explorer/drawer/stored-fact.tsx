"use client";

import Link from "next/link";
import { Countdown } from "@/components/ui/countdown";
import { Time } from "@/components/ui/time";
import { formatCount, formatRelative } from "@/lib/format";
import type { LogEntryDetail } from "@/lib/logs/schema";
import type { Explorer } from "../use-explorer";

/** Where the row lies, how far that can be trusted, and what comes next. */
export function StoredFact({ entry, explorer }: { entry: LogEntryDetail; explorer: Explorer }) {
  const { address, episode } = explorer;
  if (!entry.chunk) {
    const due = episode.archiveDueAt;
    return (
      <>
        live store
        {due &&
          Date.parse(due) > Date.parse(episode.asOf) &&
          `, archive due ${formatRelative(due, episode.asOf)}`}
        {due && Date.parse(due) <= Date.parse(episode.asOf) && ", archive due now"}
      </>
    );
  }
  return (
    <>
      archive,{" "}
      <Link
        href={`/w/${address.workspace}/archive?episode=${encodeURIComponent(address.episodeId)}&chunk=${entry.chunk.number}`}
        className="font-medium text-accent-text hover:underline"
      >
        chunk {formatCount(entry.chunk.number)}
      </Link>
      , verified <Time at={entry.chunk.verifiedAt} />
      {entry.chunk.restoredUntil && (
        <span className="block">
          restored, in the live store too, ends <Countdown until={entry.chunk.restoredUntil} after="now" />
        </span>
      )}
    </>
  );
}
