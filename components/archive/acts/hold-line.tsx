"use client";

import { Lock } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import type { ArchiveRights, Hold } from "@/lib/archive/acts/schema";
import { useRelease } from "./release-hold";

interface HoldLineProps {
  hold: Hold;
  /** Absent for those who may not. */
  onRelease?: (hold: Hold, opener: HTMLElement) => void;
}

/** A hold in force: why, by whom, since when; and its release, for those who may. */
export function HoldLine({ hold, onRelease }: HoldLineProps) {
  const what = hold.episodeId ?? "the workspace";
  return (
    <>
      <Lock size={13} aria-hidden="true" className="mt-1 shrink-0 text-warn-text" />
      <span className="min-w-0 grow [overflow-wrap:anywhere]">
        <span className="font-medium text-warn-text">Held</span>
        {hold.episodeId === null && " with the whole workspace"}: {hold.reason}
        <span className="text-text-3">
          {" "}
          {hold.placedBy && `· ${hold.placedBy} `}· <Time at={hold.placedAt} />
        </span>
      </span>
      {onRelease && (
        <Button
          size="sm"
          aria-label={`Release the hold on ${what}: ${hold.reason}`}
          onClick={(event) => onRelease(hold, event.currentTarget)}
        >
          Release…
        </Button>
      )}
    </>
  );
}

interface EpisodeHoldsProps {
  workspace: string;
  holds: readonly Hold[];
  rights: ArchiveRights;
}

/** The holds that keep an episode, its own and those of its workspace. Nothing where there is none. */
export function EpisodeHolds({ workspace, holds, rights }: EpisodeHoldsProps) {
  const { release, form } = useRelease(workspace);
  return (
    <>
      {holds.length > 0 && (
        <ul aria-label="Legal holds" className="text-12">
          {holds.map((hold) => (
            <li key={hold.holdId} className="flex min-h-8 items-start gap-2 border-line border-b py-1">
              <HoldLine hold={hold} onRelease={rights.delete ? release : undefined} />
            </li>
          ))}
        </ul>
      )}
      {form}
    </>
  );
}
