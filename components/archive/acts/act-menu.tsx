"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import {
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
} from "@/components/ui/dropdown-menu";
import { useNow } from "@/components/ui/use-now";
import type { ArchiveRights, EpisodeActs } from "@/lib/archive/acts/schema";
import { formatDuration } from "@/lib/format";
import { second } from "@/lib/time";
import type { ActName } from "./act-names";

interface ActMenuProps {
  workspace: string;
  acts: EpisodeActs | null;
  rights: ArchiveRights;
  onChoose: (act: ActName) => void;
}

/** Every act; one that cannot be done now stays in its place and says why. */
export function ActMenu({ workspace, acts, rights, onChoose }: ActMenuProps) {
  const item = (act: ActName, label: string, blocked: ReactNode = null, danger = false) => (
    <DropdownMenuItem
      disabled={blocked !== null}
      onSelect={() => onChoose(act)}
      className={danger && blocked === null ? "text-fail-text" : undefined}
    >
      {label}
      {blocked !== null && <span className="ml-auto pl-6 text-12">{blocked}</span>}
    </DropdownMenuItem>
  );
  const nothing = acts && acts.chunks === 0 ? "nothing archived" : null;
  return (
    <DropdownMenuContent align="end" className="min-w-64">
      {acts && (
        <>
          <DropdownMenuLabel className="max-w-72 truncate normal-case">{acts.episodeId}</DropdownMenuLabel>
          {item("verify", "Verify now…", nothing)}
          {item("restore", "Restore rows…", nothing)}
          {acts.failure && item("retry", "Try again…")}
          {item("count", "Count again…")}
          {item("settings", "How it is archived…")}
          {acts.lease &&
            item(
              "breakLease",
              "Break the lease…",
              acts.lease.expired ? null : <Held until={acts.lease.expiresAt} />,
            )}
          <DropdownMenuSeparator />
          {item("hold", "Place a hold…")}
          {rights.delete &&
            item("delete", "Delete the episode…", acts.holds.length > 0 ? "held" : null, true)}
          <DropdownMenuSeparator />
        </>
      )}
      <DropdownMenuLabel className="normal-case">The workspace</DropdownMenuLabel>
      {rights.delete && item("sweep", "Sweep orphans…")}
      <DropdownMenuItem asChild>
        <Link href={`/w/${workspace}/settings/archive`}>Archive policy</Link>
      </DropdownMenuItem>
    </DropdownMenuContent>
  );
}

function Held({ until }: { until: string }) {
  const now = useNow(second);
  const left = Date.parse(until) - now;
  return left > 0 ? `held for ${formatDuration(left)} more` : "expired just now";
}
