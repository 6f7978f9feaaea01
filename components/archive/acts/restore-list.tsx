"use client";

import { useQuery } from "@tanstack/react-query";
import { Countdown } from "@/components/ui/countdown";
import { Panel } from "@/components/ui/panel";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import { restoresOptions } from "@/lib/archive/acts/query-options";
import type { ArchiveRights, Restore, RestoreList as Shown } from "@/lib/archive/acts/schema";
import { formatCompact, formatCount, formatPlural } from "@/lib/format";
import { ProgressBar } from "./progress-bar";
import { type RestoreAct, RestoreButtons, useRestoreActs } from "./restore-acts";
import { restoreLook } from "./restore-look";

interface RestoreListProps {
  workspace: string;
  episodeId: string;
  shown: Shown;
  rights: ArchiveRights;
}

/** Which archived rows of an episode are in the live store too, until when, and what was asked for before. */
export function RestoreList({ workspace, episodeId, shown, rights }: RestoreListProps) {
  const { data } = useQuery(restoresOptions({ workspace, episodeId }, shown));
  const { restores, quota } = data ?? shown;
  const { begin, form } = useRestoreActs(workspace, episodeId);
  if (restores.length === 0) return null;
  return (
    <Panel
      title="Restored rows"
      count={formatCount(restores.length)}
      aside={`${formatCompact(quota.used)} of ${formatCompact(quota.rows)} rows of the workspace's quota`}
      className="mt-4"
    >
      <ul aria-label="Restores">
        {restores.map((restore) => (
          <RestoreRow key={restore.restoreId} restore={restore} onBegin={rights.write ? begin : undefined} />
        ))}
      </ul>
      {form}
    </Panel>
  );
}

interface RestoreRowProps {
  restore: Restore;
  /** Absent for those who may not. */
  onBegin?: (act: RestoreAct, restore: Restore, opener: HTMLElement) => void;
}

function RestoreRow({ restore, onBegin }: RestoreRowProps) {
  const { state, from, to, rows, chunks, chunksDone, error } = restore;
  const look = restoreLook[state];
  const active = state === "copying" || state === "ready";
  return (
    <li className="grid min-h-9 grid-cols-[96px_minmax(0,1.2fr)_minmax(0,1fr)_auto] items-center gap-x-4 border-line border-b py-1 text-12 max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-y-0.5 max-md:py-2">
      <span className="flex items-center gap-2">
        <StatusGlyph tone={look.tone} />
        {look.label}
      </span>
      <span className="truncate max-md:order-3 max-md:col-span-2">
        <span className="mono">
          {formatCount(from)}–{formatCount(to)}
        </span>
        <span className="text-text-3">
          , {formatPlural(rows, "row")} in {formatPlural(chunks, "chunk")}
        </span>
      </span>
      <span className="min-w-0 text-text-2 max-md:order-4 max-md:col-span-2">
        {state === "copying" ? (
          <span className="flex items-center gap-2">
            <ProgressBar done={chunksDone} total={chunks} tone="run" label="Chunks copied" className="grow" />
            <span className="whitespace-nowrap">
              {formatCount(chunksDone)} of {formatCount(chunks)}
            </span>
          </span>
        ) : error ? (
          <span className="text-fail-text [overflow-wrap:anywhere]">{error}</span>
        ) : (
          <RestoreTimes restore={restore} />
        )}
      </span>
      <span className="flex justify-end gap-1 max-md:order-2">
        {onBegin && active && <RestoreButtons restore={restore} onBegin={onBegin} />}
      </span>
    </li>
  );
}

function RestoreTimes({ restore: { state, expiresAt, requestedAt, requestedBy } }: { restore: Restore }) {
  return (
    <span className="block truncate">
      {state === "ready" && (
        <>
          ends <Countdown until={expiresAt} after="now" />,{" "}
        </>
      )}
      <span className="text-text-3">
        asked {requestedBy && `by ${requestedBy} `}
        <Time at={requestedAt} />
      </span>
    </span>
  );
}
