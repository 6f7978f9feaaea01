"use client";

import { Time } from "@/components/ui/time";
import { reconcileAction } from "@/lib/archive/actions";
import type { EpisodeActs } from "@/lib/archive/acts/schema";
import { formatPlural } from "@/lib/format";
import { ActDialog, type ActDialogProps, EpisodeId } from "./act-dialog";
import { ActForm, Note } from "./act-form";
import { Fact, FactList } from "./fact-list";

interface CountAgainProps extends ActDialogProps {
  workspace: string;
  acts: EpisodeActs;
}

/** Counts an episode and corrects its counters to its rows; never the other way round. */
export function CountAgain({ workspace, acts, ...dialog }: CountAgainProps) {
  const { episodeId } = acts;
  return (
    <ActDialog
      {...dialog}
      title={
        <>
          Count <EpisodeId>{episodeId}</EpisodeId> again
        </>
      }
    >
      <ActForm
        workspace={workspace}
        action={reconcileAction}
        hidden={{ episodeId }}
        submit="Count again"
        pending={{ label: "Counting", note: "Counting every live row and every chunk." }}
      >
        <FactList>
          <Fact name="Counted one by one" tone="run">
            {formatPlural(acts.hotRows, "live row")}
          </Fact>
          <Fact name="Counted by their records">{formatPlural(acts.chunks, "chunk")}</Fact>
          <Fact name="Rows changed" tone="ok">
            none
          </Fact>
          <Fact name="Last counted">
            {acts.reconciledAt ? <Time at={acts.reconciledAt} /> : "not since it was made"}
          </Fact>
        </FactList>
        <Note>
          Counters that differ are corrected to what is there. Where a row itself is missing, no counter is
          touched, so that the loss stays visible.
        </Note>
      </ActForm>
    </ActDialog>
  );
}
