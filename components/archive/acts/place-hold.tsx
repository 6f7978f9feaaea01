"use client";

import { TextField } from "@/components/ui/field";
import { placeHoldAction } from "@/lib/archive/actions";
import { ActDialog, type ActDialogProps, EpisodeId } from "./act-dialog";
import { ActForm } from "./act-form";
import { Fact, FactList } from "./fact-list";

interface PlaceHoldProps extends ActDialogProps {
  workspace: string;
  /** Null: on everything in the workspace. */
  episodeId: string | null;
}

/** Forbids deleting, for a reason that stays on record. */
export function PlaceHold({ workspace, episodeId, ...dialog }: PlaceHoldProps) {
  return (
    <ActDialog
      {...dialog}
      title={
        episodeId === null ? (
          "Hold everything in this workspace"
        ) : (
          <>
            Hold <EpisodeId>{episodeId}</EpisodeId>
          </>
        )
      }
    >
      <ActForm
        workspace={workspace}
        action={placeHoldAction}
        hidden={{ episodeId: episodeId ?? "" }}
        submit="Place the hold"
        pending={{ label: "Placing the hold" }}
        keep="Do not hold"
      >
        {(failure) => (
          <>
            <FactList>
              <Fact name="Retention deletes" tone="ok">
                nothing {episodeId === null ? "of the workspace" : "of this episode"}
              </Fact>
              <Fact name="Chunks marked for deletion" tone="ok">
                lose the mark
              </Fact>
              <Fact name="Deleting the episode" tone="ok">
                is refused
              </Fact>
              <Fact name="Released by">owners and admins, with a reason</Fact>
            </FactList>
            <div className="mt-3">
              <TextField
                name="reason"
                label="Reason"
                rows={2}
                maxLength={500}
                placeholder="Case 2026-118, keep until the audit is over"
                hint="Stands beside the hold and in the audit trail."
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
