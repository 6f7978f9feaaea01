"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { TextField } from "@/components/ui/field";
import { deleteEpisodeAction } from "@/lib/archive/actions";
import { actsOptions } from "@/lib/archive/acts/query-options";
import type { EpisodeActs } from "@/lib/archive/acts/schema";
import { formatBytes, formatDate, formatPlural } from "@/lib/format";
import { ActDialog, type ActDialogProps, EpisodeId } from "./act-dialog";
import { ActForm, Done, Note } from "./act-form";
import { ConfirmId } from "./confirm-id";
import { Fact, FactList } from "./fact-list";
import { LoadFailed } from "./load-failed";

interface DeleteEpisodeProps extends ActDialogProps {
  workspace: string;
  acts: EpisodeActs;
}

/** Deletes an episode for good, after saying what goes with it. A hold forbids it. */
export function DeleteEpisode({ workspace, acts, ...dialog }: DeleteEpisodeProps) {
  return (
    <ActDialog
      {...dialog}
      title={
        <>
          Delete <EpisodeId>{acts.episodeId}</EpisodeId>
        </>
      }
    >
      <DeleteBody workspace={workspace} shown={acts} />
    </ActDialog>
  );
}

function DeleteBody({ workspace, shown }: { workspace: string; shown: EpisodeActs }) {
  const { episodeId } = shown;
  const [typed, setTyped] = useState("");
  const { data, error, refetch } = useQuery(actsOptions({ workspace, episodeId }, shown));
  if (error) return <LoadFailed error={error} onRetry={() => void refetch()} />;
  const acts = data ?? shown;
  const [hold] = acts.holds;
  if (hold) {
    return (
      <Done tone="fail">
        <p>
          A hold forbids it: {hold.reason}
          {hold.placedBy && `, placed by ${hold.placedBy}`}. Nothing{" "}
          {hold.episodeId === null ? "of this workspace" : "of this episode"} is deleted until it is released.
        </p>
      </Done>
    );
  }
  return (
    <ActForm
      workspace={workspace}
      action={deleteEpisodeAction}
      hidden={{ episodeId }}
      submit={`Delete ${formatPlural(acts.hotRows + acts.archivedRows, "row")}`}
      pending={{ label: "Deleting" }}
      keep="Keep the episode"
      danger
      blocked={typed !== episodeId}
    >
      {(failure) => (
        <>
          <BlastRadius acts={acts} />
          <Note tone="warn">
            There is no undo. Links to its rows answer like those of an episode that never was.
          </Note>
          <div className="mt-3 flex flex-col gap-3">
            <TextField
              name="reason"
              label="Reason"
              rows={2}
              maxLength={500}
              hint="Stands in the audit trail, which keeps this act for good."
              defaultValue={failure?.values?.reason}
              error={failure?.fields?.reason}
            />
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

function BlastRadius({ acts }: { acts: EpisodeActs }) {
  return (
    <FactList>
      <Fact name="Live rows" tone="fail">
        {formatPlural(acts.hotRows, "row")}, {formatBytes(acts.hotBytes)}
      </Fact>
      <Fact name="Archived rows" tone="fail">
        {formatPlural(acts.archivedRows, "row")} in {formatPlural(acts.chunks, "chunk")},{" "}
        {formatBytes(acts.archivedBytes)}
      </Fact>
      {acts.firstAt && acts.lastAt && (
        <Fact name="Written">
          {formatDate(acts.firstAt)} to {formatDate(acts.lastAt)}
        </Fact>
      )}
      {acts.restores > 0 && <Fact name="Ended with it">{formatPlural(acts.restores, "restore")}</Fact>}
      {!acts.ended && (
        <Fact name="Still being written" tone="warn">
          writers are refused for some minutes
        </Fact>
      )}
    </FactList>
  );
}
