"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ActDialog } from "@/components/archive/acts/act-dialog";
import { ActForm } from "@/components/archive/acts/act-form";
import { newUuid } from "@/components/logs/export/new-uuid";
import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import { startBulkAction } from "@/lib/runs/bulk/actions";
import { bulkKind } from "@/lib/runs/bulk/kinds";
import { bulkPreviewOptions } from "@/lib/runs/bulk/query-options";
import type { BulkPreview, BulkTarget } from "@/lib/runs/bulk/schema";
import { runFilterOf } from "@/lib/runs/list/filters";
import { type BulkWish, useRunList } from "../run-list/run-list-context";
import { PreviewBody } from "./preview-body";

/** What would happen to which runs, counted now, before anybody says yes. */
export function BulkDialog() {
  const { wish, setWish } = useRunList();
  return (
    <ActDialog
      open={wish !== null}
      onOpenChange={(open) => !open && setWish(null)}
      title={wish ? titles[wish.kind] : ""}
      description={wish ? bulkKind[wish.kind].effect : ""}
      wide
    >
      {wish && <BulkForm wish={wish} />}
    </ActDialog>
  );
}

const titles = {
  cancel: "Cancel runs",
  retry_failed: "Retry failed tasks",
  rerun: "Run again",
} as const satisfies Record<BulkWish["kind"], string>;

function BulkForm({ wish }: { wish: BulkWish }) {
  const { workspace, filters, clear, setWish } = useRunList();
  const [jobId] = useState(newUuid);
  const target: BulkTarget = {
    kind: wish.kind,
    filter: wish.runs === "filter" ? runFilterOf(filters) : null,
    runIds: wish.runs === "filter" ? null : wish.runs.map(({ id }) => id),
  };
  const { data, error, refetch, isFetching } = useQuery(bulkPreviewOptions(workspace, target));
  if (error && !data) {
    return (
      <FailedState
        title="The runs cannot be counted"
        onRetry={() => void refetch()}
        retrying={isFetching}
        className="px-0 py-2"
      >
        <p>{error.message} Nothing was done.</p>
      </FailedState>
    );
  }
  const willAct = data ? countActedOn(wish.kind, data) : 0;
  return (
    <ActForm
      workspace={workspace}
      action={startBulkAction}
      submit={data ? bulkKind[wish.kind].act(willAct) : "Counting"}
      pending={{ label: "Starting" }}
      danger={wish.kind === "cancel"}
      blocked={!data || willAct === 0 || data.tooMany}
      hidden={{
        jobId,
        target: JSON.stringify(target),
        frozenAt: data?.frozenAt ?? "",
        expectedCount: String(data?.total ?? 0),
      }}
      onDone={() => {
        clear();
        setWish(null);
      }}
    >
      {data ? <PreviewBody kind={wish.kind} preview={data} byFilter={wish.runs === "filter"} /> : <Waiting />}
    </ActForm>
  );
}

export function countActedOn(kind: BulkWish["kind"], { byStatus }: BulkPreview): number {
  return bulkKind[kind].actsOn.reduce((sum, status) => sum + byStatus[status], 0);
}

function Waiting() {
  return (
    <div aria-busy="true" className="flex h-64 flex-col gap-5 pt-2">
      <span className="sr-only">Counting the runs</span>
      <Skeleton className="w-64" />
      <Skeleton className="w-48" />
      <Skeleton className="w-72" />
      <Skeleton className="w-56" />
    </div>
  );
}
