"use client";

import { Lock } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import type { ArchiveRights, Hold } from "@/lib/archive/acts/schema";
import { ReleaseHold } from "./release-hold";

interface HoldLineProps {
  workspace: string;
  hold: Hold;
  rights: ArchiveRights;
}

/** A hold in force: why, by whom, since when; and its release, for those who may. */
export function HoldLine({ workspace, hold, rights }: HoldLineProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
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
      {rights.delete && (
        <>
          <Button
            ref={button}
            size="sm"
            aria-label={`Release the hold on ${what}: ${hold.reason}`}
            onClick={() => setOpen(true)}
          >
            Release…
          </Button>
          <ReleaseHold
            workspace={workspace}
            hold={hold}
            open={open}
            onOpenChange={setOpen}
            returnFocusTo={button}
          />
        </>
      )}
    </>
  );
}

/** The holds that keep an episode, its own and those of its workspace. Nothing where there is none. */
export function EpisodeHolds({ holds, ...rest }: Omit<HoldLineProps, "hold"> & { holds: readonly Hold[] }) {
  if (holds.length === 0) return null;
  return (
    <ul aria-label="Legal holds" className="text-12">
      {holds.map((hold) => (
        <li key={hold.holdId} className="flex min-h-8 items-start gap-2 border-line border-b py-1">
          <HoldLine {...rest} hold={hold} />
        </li>
      ))}
    </ul>
  );
}
