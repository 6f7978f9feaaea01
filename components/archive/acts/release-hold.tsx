"use client";

import { type ReactNode, useRef, useState } from "react";
import { TextField } from "@/components/ui/field";
import { Time } from "@/components/ui/time";
import { releaseHoldAction } from "@/lib/archive/actions";
import type { Hold } from "@/lib/archive/acts/schema";
import { ActDialog, type ActDialogProps, EpisodeId } from "./act-dialog";
import { ActForm, Note } from "./act-form";
import { Fact, FactList } from "./fact-list";

interface ReleaseHoldProps extends ActDialogProps {
  workspace: string;
  hold: Hold;
}

/**
 * The release of one hold among several. The form stands beside their list and not in it: a hold that is released leaves the
 * list, and what became of it is said all the same.
 */
export function useRelease(workspace: string): {
  release: (hold: Hold, opener: HTMLElement) => void;
  form: ReactNode;
} {
  const [hold, setHold] = useState<Hold | null>(null);
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLElement>(null);
  return {
    release: (chosen, from) => {
      opener.current = from;
      setHold(chosen);
      setOpen(true);
    },
    form: hold && (
      <ReleaseHold
        workspace={workspace}
        hold={hold}
        open={open}
        onOpenChange={setOpen}
        returnFocusTo={opener}
      />
    ),
  };
}

/** Ends a hold. What may be deleted from then on still has the undo delay before it. */
function ReleaseHold({ workspace, hold, ...dialog }: ReleaseHoldProps) {
  const { holdId, episodeId, reason, placedBy, placedAt } = hold;
  return (
    <ActDialog
      {...dialog}
      title={
        episodeId === null ? (
          "Release the hold on this workspace"
        ) : (
          <>
            Release the hold on <EpisodeId>{episodeId}</EpisodeId>
          </>
        )
      }
    >
      <ActForm
        workspace={workspace}
        action={releaseHoldAction}
        hidden={{ holdId }}
        submit="Release the hold"
        pending={{ label: "Releasing the hold" }}
        keep="Keep the hold"
        danger
      >
        {(failure) => (
          <>
            <FactList>
              <Fact name="Held because">{reason}</Fact>
              <Fact name="Placed">
                {placedBy && `${placedBy}, `}
                <Time at={placedAt} />
              </Fact>
            </FactList>
            <Note tone="warn">
              What is older than the retention is marked for deletion at the next round, with the whole undo
              delay before it goes.
            </Note>
            <div className="mt-3">
              <TextField
                name="reason"
                label="Why it is released"
                rows={2}
                maxLength={500}
                hint="Stands in the audit trail."
                defaultValue={failure?.values?.reason}
                error={failure?.fields?.reason}
              />
            </div>
          </>
        )}
      </ActForm>
    </ActDialog>
  );
}
