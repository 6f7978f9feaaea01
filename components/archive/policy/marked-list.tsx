"use client";

import Link from "next/link";
import { type ReactNode, useRef, useState } from "react";
import { PlaceHold } from "@/components/archive/acts/place-hold";
import { Button } from "@/components/ui/button";
import { Countdown } from "@/components/ui/countdown";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import type { ArchiveRights } from "@/lib/archive/acts/schema";
import type { Marked, MarkedEpisode } from "@/lib/archive/retention/marked";
import { formatBytes, formatCount, formatPlural } from "@/lib/format";

interface MarkedListProps {
  workspace: string;
  marked: Marked;
  rights: ArchiveRights;
  undo: ReactNode;
}

/** Chunks on their way out, by episode, the next to go first; each can still be kept. */
export function MarkedList(props: MarkedListProps) {
  const [kept, setKept] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLElement>(null);
  const keep = (episodeId: string, from: HTMLElement) => {
    opener.current = from;
    setKept(episodeId);
    setOpen(true);
  };
  return (
    <>
      {props.marked.chunks === 0 ? (
        <p className="mt-2 text-12 text-text-3">No chunk is marked for deletion.</p>
      ) : (
        <Marks {...props} onKeep={keep} />
      )}
      {/* Beside the list: an episode that is kept leaves it, and what became of it is said all the same. */}
      {kept !== null && (
        <PlaceHold
          workspace={props.workspace}
          episodeId={kept}
          open={open}
          onOpenChange={setOpen}
          returnFocusTo={opener}
        />
      )}
    </>
  );
}

type OnKeep = (episodeId: string, opener: HTMLElement) => void;

function Marks({ workspace, marked, rights, undo, onKeep }: MarkedListProps & { onKeep: OnKeep }) {
  return (
    <section aria-label="Marked for deletion" id="marked" className="mt-3 scroll-mt-16">
      <div className="flex min-h-9 items-center gap-2 border-warn-line border-y bg-warn-tint px-3 py-1">
        <StatusGlyph tone="warn" />
        <p className="min-w-0 grow">
          <span className="font-semibold">
            {formatPlural(marked.chunks, "chunk")}, {formatBytes(marked.bytes)}
          </span>{" "}
          {marked.chunks === 1 ? "is" : "are"} marked for deletion
          {marked.next && (
            <>
              , the next goes <Countdown until={marked.next} after="at the next round" />
            </>
          )}
          .
        </p>
        {undo}
      </div>
      <ul aria-label="Marked chunks by episode">
        {marked.episodes.map((episode) => (
          <MarkedRow
            key={episode.episodeId}
            workspace={workspace}
            episode={episode}
            onKeep={rights.write ? onKeep : undefined}
          />
        ))}
      </ul>
      {marked.moreEpisodes > 0 && (
        <p className="py-2 text-12 text-text-3">
          And {formatPlural(marked.moreEpisodes, "other episode")} after these.
        </p>
      )}
    </section>
  );
}

interface MarkedRowProps {
  workspace: string;
  episode: MarkedEpisode;
  onKeep: OnKeep | undefined;
}

function MarkedRow({ workspace, episode, onKeep }: MarkedRowProps) {
  const { episodeId, chunks, firstChunk, lastChunk, rows, bytes, archivedAt, deleteAfter } = episode;
  return (
    <li className="grid min-h-9 grid-cols-[minmax(0,1.4fr)_minmax(0,1.4fr)_minmax(0,1fr)_112px_64px] items-center gap-x-4 border-line border-b py-1 text-12 max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-y-0.5 max-md:py-2">
      <Link
        href={`/w/${workspace}/archive?episode=${encodeURIComponent(episodeId)}&chunk=${firstChunk}`}
        className="mono truncate font-medium text-13 text-accent-text hover:underline"
      >
        {episodeId}
      </Link>
      <span className="truncate text-text-2 max-md:order-3 max-md:col-span-2">
        {chunks === 1
          ? `chunk ${formatCount(firstChunk)}`
          : `${formatCount(chunks)} chunks, ${formatCount(firstChunk)} to ${formatCount(lastChunk)}`}
        <span className="text-text-3">
          , {formatPlural(rows, "row")}, {formatBytes(bytes)}
        </span>
      </span>
      <span className="truncate text-text-3 max-md:order-4">
        archived <Time at={archivedAt} />
      </span>
      <Countdown
        until={deleteAfter}
        after="at the next round"
        className="whitespace-nowrap text-warn-text max-md:order-5 max-md:text-right"
      />
      <span className="text-right max-md:order-2">
        {onKeep && (
          <Button
            size="sm"
            aria-label={`Keep ${episodeId}`}
            onClick={(event) => onKeep(episodeId, event.currentTarget)}
          >
            Keep…
          </Button>
        )}
      </span>
    </li>
  );
}
