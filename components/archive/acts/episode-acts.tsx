"use client";

import { MoreHorizontal } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, DropdownMenuTrigger } from "@/components/ui/dropdown-menu";
import type { EpisodeActs as Acts, ArchiveRights } from "@/lib/archive/acts/schema";
import { ActDialogs } from "./act-dialogs";
import { ActMenu } from "./act-menu";
import type { ActName } from "./act-names";

interface EpisodeActsProps {
  workspace: string;
  /** Of the chosen episode; null where there is none. */
  acts: Acts | null;
  rights: ArchiveRights;
}

/**
 * What may be done on the archive page, at the right of its bar: the usual acts as buttons, all of them in the menu. Give it
 * the id of the episode as its key, so that a form that is open belongs to one episode.
 */
export function EpisodeActs({ workspace, acts, rights }: EpisodeActsProps) {
  const [open, setOpen] = useState<ActName | null>(null);
  const menu = useRef<HTMLButtonElement>(null);
  const opener = useRef<HTMLElement>(null);
  if (!rights.write || (acts === null && !rights.delete)) return null;
  const begin = (act: ActName, from: HTMLElement | null) => {
    opener.current = from;
    setOpen(act);
  };
  const button = (act: ActName, label: string, className: string) => (
    <Button className={className} onClick={(event) => begin(act, event.currentTarget)}>
      {label}
    </Button>
  );
  return (
    <>
      {acts?.failure && button("retry", "Try again…", "max-lg:hidden")}
      {acts && acts.chunks > 0 && button("verify", "Verify now…", "max-md:hidden")}
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button ref={menu} size="icon" aria-label="More acts on the archive">
            <MoreHorizontal size={16} aria-hidden="true" />
          </Button>
        </DropdownMenuTrigger>
        <ActMenu
          workspace={workspace}
          acts={acts}
          rights={rights}
          onChoose={(act) => begin(act, menu.current)}
        />
      </DropdownMenu>
      {acts && (
        <Button
          variant="primary"
          disabled={acts.busy || acts.hotRows === 0}
          onClick={(event) => begin("archive", event.currentTarget)}
        >
          {acts.busy ? "Archiving" : acts.hotRows === 0 ? "All archived" : "Archive now"}
        </Button>
      )}
      <ActDialogs
        workspace={workspace}
        acts={acts}
        open={open}
        onOpenChange={setOpen}
        returnFocusTo={opener}
      />
    </>
  );
}
