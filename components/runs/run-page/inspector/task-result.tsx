"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import { FetchFailure } from "@/lib/query/fetch-json";
import { runPageParams } from "@/lib/runs/run-page-params";
import type { TaskDetail } from "@/lib/runs/schema";
import { taskStatus } from "@/lib/runs/status";
import { ArtifactTable } from "../artifacts/artifact-table";
import { Section } from "./section";

/** What the task left: a preview of its result and its artifacts. */
export function TaskResult({ detail }: { detail: UseQueryResult<TaskDetail> }) {
  if (detail.isPending) return <Skeleton className="mx-4 mt-4 w-64" />;
  if (!detail.data) {
    return (
      <FailedState
        title="The result cannot be read"
        requestId={detail.error instanceof FetchFailure ? detail.error.requestId : null}
        onRetry={() => detail.refetch()}
        retrying={detail.isFetching}
        className="px-4"
      >
        {detail.error.message}
      </FailedState>
    );
  }
  const { lastResultPreview, artifacts, summary, status } = detail.data;
  const hasSummary = Object.keys(summary).length > 0;
  if (!lastResultPreview && artifacts.length === 0 && !hasSummary) {
    return (
      <EmptyState title="No result" className="px-4">
        <p>
          {taskStatus[status].final
            ? "This task left no preview and no artifact."
            : "What the task leaves appears here when it has succeeded."}
        </p>
      </EmptyState>
    );
  }
  return (
    <div className="grid content-start gap-3.5 py-2 pb-6">
      {artifacts.length > 0 && <Artifacts artifacts={artifacts} taskId={detail.data.id} />}
      {lastResultPreview && <JsonSection title="Preview" value={lastResultPreview} />}
      {hasSummary && <JsonSection title="Summary" value={summary} />}
    </div>
  );
}

/** The artifact that is open stands in the address, the same one as in the list of the run. */
function Artifacts({ artifacts, taskId }: { artifacts: TaskDetail["artifacts"]; taskId: string }) {
  const [{ artifact }, setParams] = useQueryStates(runPageParams);
  return (
    <Section title="Artifacts" note={artifacts.length}>
      <ArtifactTable
        artifacts={artifacts.map((each) => ({ ...each, taskId }))}
        openId={artifact}
        onOpen={(id) => setParams({ artifact: id }, { history: "push" })}
      />
    </Section>
  );
}

function JsonSection({ title, value }: { title: string; value: Record<string, unknown> }) {
  const text = JSON.stringify(value, null, 2);
  return (
    <Section title={title} action={<CopyButton text={text} label={`Copy ${title.toLowerCase()}`} />}>
      <pre className="overflow-x-auto whitespace-pre-wrap pt-2 text-12 text-text-2 leading-4.5 [overflow-wrap:anywhere]">
        {text}
      </pre>
    </Section>
  );
}
