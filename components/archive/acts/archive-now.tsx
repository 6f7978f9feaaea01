"use client";

import { useQuery } from "@tanstack/react-query";
import { archiveNowAction } from "@/lib/archive/actions";
import { actsOptions } from "@/lib/archive/acts/query-options";
import type { EpisodeActs } from "@/lib/archive/acts/schema";
import { formatBytes, formatCount, formatPlural } from "@/lib/format";
import { ActDialog, type ActDialogProps, EpisodeId } from "./act-dialog";
import { ActForm, Note } from "./act-form";
import { Fact, FactList } from "./fact-list";
import { LoadFailed } from "./load-failed";

interface ArchiveNowProps extends ActDialogProps {
  workspace: string;
  acts: EpisodeActs;
}

/** The one act of the page. It says first what will happen to which rows. */
export function ArchiveNow({ workspace, acts, ...dialog }: ArchiveNowProps) {
  return (
    <ActDialog
      {...dialog}
      title={
        <>
          Archive <EpisodeId>{acts.episodeId}</EpisodeId>
        </>
      }
    >
      <ArchiveBody workspace={workspace} shown={acts} />
    </ActDialog>
  );
}

function ArchiveBody({ workspace, shown }: { workspace: string; shown: EpisodeActs }) {
  const { episodeId } = shown;
  const { data, error, refetch } = useQuery(actsOptions({ workspace, episodeId }, shown));
  if (error) return <LoadFailed error={error} onRetry={() => void refetch()} />;
  // Read once, when the form opens: what was agreed to stays on screen, however the figures change while it happens.
  const acts = data ?? shown;
  return (
    <ActForm
      workspace={workspace}
      action={archiveNowAction}
      hidden={{ episodeId, everything: "true" }}
      submit={`Archive ${formatPlural(acts.hotRows, "row")}`}
      pending={{
        label: "Archiving",
        note: "Archiving. This page may be left; the worker finishes what is left over.",
      }}
      blocked={acts.hotRows === 0}
    >
      <Plan acts={acts} />
    </ActForm>
  );
}

function Plan({ acts }: { acts: EpisodeActs }) {
  const chunks = Math.ceil(acts.hotRows / acts.archiving.chunkSize);
  return (
    <>
      <FactList>
        <Fact name="Moved to the archive" tone="run">
          {formatPlural(acts.hotRows, "row")}, {formatBytes(acts.hotBytes)}
        </Fact>
        {acts.hot && (
          <Fact name="Sequence numbers">
            <span className="mono">
              {formatCount(acts.hot.from)}–{formatCount(acts.hot.to)}
            </span>
          </Fact>
        )}
        <Fact name="Cut into">
          {formatPlural(chunks, "chunk")} of at most {formatPlural(acts.archiving.chunkSize, "row")}
        </Fact>
        <Fact name="Archived already, untouched" tone="ok">
          {formatPlural(acts.archivedRows, "row")}
        </Fact>
      </FactList>
      <Note>
        Each chunk is written, read back and verified before its rows are deleted from the live store. The
        rows keep their numbers and links, and stay readable here all the time.
        {!acts.ended && " Rows written from now on stay live."}
      </Note>
    </>
  );
}
