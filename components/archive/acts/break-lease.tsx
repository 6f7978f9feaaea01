"use client";

import { useState } from "react";
import { Time } from "@/components/ui/time";
import { breakLeaseAction } from "@/lib/archive/actions";
import type { EpisodeActs } from "@/lib/archive/acts/schema";
import { formatCount } from "@/lib/format";
import { ActDialog, type ActDialogProps, EpisodeId } from "./act-dialog";
import { ActForm, Done, Note } from "./act-form";
import { ConfirmId } from "./confirm-id";
import { Fact, FactList } from "./fact-list";

interface BreakLeaseProps extends ActDialogProps {
  workspace: string;
  episodeId: string;
  /** Null once it is broken, which the form outlives to say so. */
  lease: EpisodeActs["lease"];
}

/** Takes the lease of an archiver away that fell silent. */
export function BreakLease({ workspace, episodeId, lease, ...dialog }: BreakLeaseProps) {
  return (
    <ActDialog
      {...dialog}
      title={
        <>
          Break the lease on <EpisodeId>{episodeId}</EpisodeId>
        </>
      }
    >
      <BreakLeaseForm workspace={workspace} episodeId={episodeId} lease={lease} />
    </ActDialog>
  );
}

function BreakLeaseForm({
  workspace,
  episodeId,
  lease,
}: Pick<BreakLeaseProps, "workspace" | "episodeId" | "lease">) {
  const [typed, setTyped] = useState("");
  const [seen] = useState(lease);
  if (!seen) return <Done tone="off">Nobody holds a lease on this episode any more.</Done>;
  return (
    <ActForm
      workspace={workspace}
      action={breakLeaseAction}
      hidden={{ episodeId }}
      submit="Break the lease"
      pending={{ label: "Breaking the lease" }}
      keep="Leave it"
      danger
      blocked={typed !== episodeId}
    >
      {(failure) => (
        <>
          <FactList>
            <Fact name="Held by">
              <span className="mono">{seen.owner}</span>
            </Fact>
            <Fact name="Expired" tone="warn">
              <Time at={seen.expiresAt} />
            </Fact>
            <Fact name="Its epoch is over">
              {formatCount(seen.epoch)}, the next is {formatCount(seen.epoch + 1)}
            </Fact>
          </FactList>
          <Note>
            Safe while the holder may still be alive: every write of an archiver carries its epoch, and the
            database refuses an older one. A holder that was merely slow commits nothing any more; what it has
            uploaded is swept later. An archiver comes by at once.
          </Note>
          <div className="mt-3">
            <ConfirmId
              episodeId={episodeId}
              typed={typed}
              onType={setTyped}
              error={failure?.fields?.confirm}
            />
          </div>
        </>
      )}
    </ActForm>
  );
}
