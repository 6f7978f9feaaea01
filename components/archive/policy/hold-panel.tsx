"use client";

import Link from "next/link";
import { useRef, useState } from "react";
import { HoldLine } from "@/components/archive/acts/hold-line";
import { PlaceHold } from "@/components/archive/acts/place-hold";
import { useRelease } from "@/components/archive/acts/release-hold";
import { ListSteps } from "@/components/logs/list-steps";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import type { ArchiveRights, Hold } from "@/lib/archive/acts/schema";

interface HoldPanelProps {
  workspace: string;
  holds: readonly Hold[];
  firstHref: string | null;
  nextHref: string | null;
  rights: ArchiveRights;
}

/** Every hold in force, the oldest first. */
export function HoldPanel({ workspace, holds, firstHref, nextHref, rights }: HoldPanelProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { release, form } = useRelease(workspace);
  return (
    <Panel
      title="Legal holds"
      aside={
        rights.write && (
          <Button ref={button} size="sm" onClick={() => setOpen(true)}>
            Hold the workspace…
          </Button>
        )
      }
    >
      <div id="holds" className="scroll-mt-16">
        {holds.length === 0 ? (
          <p className="mt-2 text-12 text-text-3">
            No hold is in force. One on an episode is placed on the archive page; nothing it covers is
            deleted, by retention or by a person.
          </p>
        ) : (
          <ul aria-label="Legal holds">
            {holds.map((hold) => (
              <li
                key={hold.holdId}
                className="grid min-h-9 grid-cols-[220px_minmax(0,1fr)] items-start gap-x-4 border-line border-b py-1.5 text-12 max-md:grid-cols-1"
              >
                <HeldThing workspace={workspace} episodeId={hold.episodeId} />
                <span className="flex min-w-0 items-start gap-2">
                  <HoldLine hold={hold} onRelease={rights.delete ? release : undefined} />
                </span>
              </li>
            ))}
          </ul>
        )}
        <ListSteps label="Pages of holds" firstHref={firstHref} nextHref={nextHref} />
      </div>
      <PlaceHold
        workspace={workspace}
        episodeId={null}
        open={open}
        onOpenChange={setOpen}
        returnFocusTo={button}
      />
      {form}
    </Panel>
  );
}

function HeldThing({ workspace, episodeId }: { workspace: string; episodeId: string | null }) {
  if (episodeId === null) return <span className="py-0.5 font-medium text-13">The whole workspace</span>;
  return (
    <Link
      href={`/w/${workspace}/archive?episode=${encodeURIComponent(episodeId)}`}
      className="mono truncate py-0.5 font-medium text-13 text-accent-text hover:underline"
    >
      {episodeId}
    </Link>
  );
}
