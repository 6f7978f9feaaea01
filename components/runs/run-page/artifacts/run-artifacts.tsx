"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { EmptyState } from "@/components/ui/empty-state";
import { formatBytes, formatPlural } from "@/lib/format";
import type { ArtifactRow } from "@/lib/runs/artifact-schema";
import { runArtifactsOptions } from "@/lib/runs/page-query-options";
import { runPageParams } from "@/lib/runs/run-page-params";
import { runStatus } from "@/lib/runs/status";
import { PaneFailed } from "../pane-failed";
import { RowSkeleton } from "../row-skeleton";
import { useRunPage } from "../run-page-context";
import { ArtifactTable } from "./artifact-table";

/** Everything that the tasks of the run left. */
export function RunArtifacts() {
  const { workspace, run } = useRunPage();
  const list = useQuery(runArtifactsOptions(workspace, run));
  if (list.isPending) return <RowSkeleton rows={run.artifactCount} label="Reading the artifacts" />;
  if (!list.data) return <PaneFailed title="The artifacts cannot be read" query={list} />;
  const { artifacts, cut } = list.data;
  if (artifacts.length === 0) {
    return (
      <EmptyState title="No artifacts" className="px-4">
        <p>
          {runStatus[run.status].final
            ? "No task of this run left one."
            : "What a task leaves appears here once it has succeeded."}
        </p>
      </EmptyState>
    );
  }
  return (
    <div className="flex min-h-0 grow flex-col">
      <p className="flex h-9 shrink-0 items-center border-line border-b px-4 text-text-3">
        {cut
          ? `The first ${formatPlural(artifacts.length, "artifact")}`
          : formatPlural(artifacts.length, "artifact")}
        , {formatBytes(artifacts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))}
      </p>
      <div className="min-h-0 grow overflow-y-auto overscroll-contain">
        <Openable artifacts={artifacts} />
      </div>
    </div>
  );
}

function Openable({ artifacts }: { artifacts: readonly ArtifactRow[] }) {
  const [{ artifact }, setParams] = useQueryStates(runPageParams);
  return (
    <ArtifactTable
      artifacts={artifacts}
      openId={artifact}
      onOpen={(id) => setParams({ artifact: id }, { history: "push" })}
      withTask
    />
  );
}
