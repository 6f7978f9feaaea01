"use client";

import type { RefObject } from "react";
import type { EpisodeActs } from "@/lib/archive/acts/schema";
import type { ActName } from "./act-names";
import { ArchiveNow } from "./archive-now";
import { BreakLease } from "./break-lease";
import { CountAgain } from "./count-again";
import { DeleteEpisode } from "./delete-episode";
import { EpisodeSettings } from "./episode-settings";
import { PlaceHold } from "./place-hold";
import { RestoreRange } from "./restore-range";
import { fieldTime } from "./restore-range-fields";
import { RetryArchive } from "./retry-archive";
import { SweepOrphans } from "./sweep-orphans";
import { VerifyNow } from "./verify-now";

interface ActDialogsProps {
  workspace: string;
  acts: EpisodeActs | null;
  open: ActName | null;
  onOpenChange: (open: ActName | null) => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

/** The forms of all acts; one at a time is open. */
export function ActDialogs({ workspace, acts, open, onOpenChange, returnFocusTo }: ActDialogsProps) {
  const dialog = (name: ActName) => ({
    workspace,
    returnFocusTo,
    open: open === name,
    onOpenChange: (is: boolean) => onOpenChange(is ? name : null),
  });
  const sweep = <SweepOrphans {...dialog("sweep")} />;
  if (!acts) return sweep;
  const { episodeId } = acts;
  return (
    <>
      <ArchiveNow {...dialog("archive")} acts={acts} />
      <VerifyNow
        {...dialog("verify")}
        episodeId={episodeId}
        chunks={acts.chunks}
        bytes={acts.archivedBytes}
      />
      <RestoreRange {...dialog("restore")} episodeId={episodeId} suggested={wholeArchive(acts)} />
      <RetryArchive {...dialog("retry")} acts={acts} />
      <CountAgain {...dialog("count")} acts={acts} />
      <EpisodeSettings {...dialog("settings")} acts={acts} />
      <BreakLease {...dialog("breakLease")} episodeId={episodeId} lease={acts.lease} />
      <PlaceHold {...dialog("hold")} episodeId={episodeId} />
      <DeleteEpisode {...dialog("delete")} acts={acts} />
      {sweep}
    </>
  );
}

function wholeArchive({ archivedThrough, firstAt, lastAt }: EpisodeActs) {
  return { from: "0", to: archivedThrough, since: fieldTime(firstAt), until: fieldTime(lastAt) };
}
