"use client";

import { Countdown } from "@/components/ui/countdown";
import { Time } from "@/components/ui/time";
import { retryArchiveAction } from "@/lib/archive/actions";
import type { EpisodeActs } from "@/lib/archive/acts/schema";
import { formatPlural } from "@/lib/format";
import { ActDialog, type ActDialogProps, EpisodeId } from "./act-dialog";
import { ActForm, Note } from "./act-form";
import { Fact, FactList } from "./fact-list";

interface RetryArchiveProps extends ActDialogProps {
  workspace: string;
  acts: EpisodeActs;
}

/** Tries a failed archive again before its time. */
export function RetryArchive({ workspace, acts, ...dialog }: RetryArchiveProps) {
  const { episodeId, failure } = acts;
  return (
    <ActDialog
      {...dialog}
      title={
        <>
          Try to archive <EpisodeId>{episodeId}</EpisodeId> again
        </>
      }
    >
      <ActForm
        workspace={workspace}
        action={retryArchiveAction}
        hidden={{ episodeId }}
        submit="Try again now"
        pending={{ label: "Asking the worker" }}
        keep="Wait"
      >
        {failure && (
          <>
            <p className="mb-3 border-fail-solid border-l-2 pl-3 text-fail-text [overflow-wrap:anywhere]">
              {failure.error}
            </p>
            <FactList>
              <Fact name="Failed in a row">{formatPlural(failure.failures, "attempt")}</Fact>
              {failure.failedAt && (
                <Fact name="Last one">
                  <Time at={failure.failedAt} />
                </Fact>
              )}
              <Fact name="Next one by itself">
                {failure.nextAttemptAt ? (
                  <Countdown until={failure.nextAttemptAt} after="when the worker comes by" />
                ) : (
                  "when the worker comes by"
                )}
              </Fact>
            </FactList>
          </>
        )}
        <Note>
          Its {formatPlural(acts.hotRows, "row")} stay in the live store until a chunk of them is verified,
          however often it fails.
        </Note>
      </ActForm>
    </ActDialog>
  );
}
