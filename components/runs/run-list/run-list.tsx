"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { Pager } from "@/components/data-table/pager";
import { RowKeys } from "@/components/data-table/row-keys";
import { BulkBar } from "@/components/runs/bulk/bulk-bar";
import { BulkDialog } from "@/components/runs/bulk/bulk-dialog";
import { cn } from "@/components/ui/cn";
import type { RunFilters } from "@/lib/runs/list/filters";
import { type LiveRow, livePage } from "@/lib/runs/live-page";
import { runListOptions, workflowDurationsOptions } from "@/lib/runs/run-list-options";
import type { RunPage } from "@/lib/runs/schema";
import { paramsOf, runListQuery } from "@/lib/runs/search-params";
import { choosingRowClass, runColumns, runRowClass } from "./run-columns";
import { useRunList } from "./run-list-context";
import { RunListEmpty } from "./run-list-empty";
import { RunListKeys } from "./run-list-keys";
import { RunListNews } from "./run-list-news";
import { SearchedSoFar } from "./searched-so-far";
import { SelectPage, SelectRun } from "./select-run";
import { useRunParams } from "./use-run-params";

/** The box stands before both lines of its row. */
const chosenByTouch = "max-md:row-span-2 max-md:self-center";

interface RunListProps {
  workspace: string;
  filters: RunFilters;
  /** As the server read it for this request. */
  page: RunPage;
}

/** A page of runs that follows what happens to its rows. New runs wait above the table until somebody asks for them. */
export function RunList({ workspace, filters, page }: RunListProps) {
  const latest = useQuery({
    ...runListOptions(workspace, filters),
    initialData: page,
    initialDataUpdatedAt: Date.parse(page.asOf),
  });
  const [asked, setAsked] = useState<RunPage | null>(null);
  const [lastChosen, setLastChosen] = useState<string | null>(null);
  const { look, mayWrite, selected, choosing } = useRunList();
  // A page on or back stays in the view that is open.
  const { saved, columns: viewColumns } = useRunParams().params;
  const shown = asked && asked.asOf > page.asOf ? asked : page;
  const newest = latest.data.asOf > shown.asOf ? latest.data : shown;
  const { rows, newRuns } = livePage(shown, newest);
  const workflows = rows.map(({ run }) => run.workflowId);
  const durations = useQuery(workflowDurationsOptions(workspace, workflows));
  const runs = rows.map(({ run }) => run);
  const address = `/w/${workspace}/runs`;
  const hrefOf = (cursor: string | null, direction: RunFilters["direction"]) =>
    cursor &&
    address + runListQuery({ ...paramsOf({ ...filters, cursor, direction }), saved, columns: viewColumns });
  const columns = runColumns(look, durations.data?.durations);

  return (
    <>
      <RunListNews
        newest={newest}
        failed={latest.isError}
        fetching={latest.isFetching}
        newRuns={filters.cursor ? 0 : newRuns}
        onRetry={() => void latest.refetch()}
        onShow={() => setAsked(latest.data)}
      />
      {rows.length === 0 ? (
        <RunListEmpty
          workspace={workspace}
          filters={filters}
          searched={shown.searched}
          olderHref={hrefOf(shown.older, "older")}
        />
      ) : (
        <div className={cn("px-6 pb-16 max-md:px-4", choosing && "max-md:pb-48")}>
          <DataTable<LiveRow>
            label="Runs"
            columns={
              mayWrite
                ? [
                    {
                      id: "select",
                      header: <SelectPage rows={rows} />,
                      width: 30,
                      className: cn("pr-1", choosing ? chosenByTouch : "max-md:hidden"),
                      cell: ({ run }) => (
                        <SelectRun run={run} rows={runs} last={lastChosen} onLast={setLastChosen} />
                      ),
                    },
                    ...columns,
                  ]
                : columns
            }
            rows={rows}
            rowId={({ run }) => run.id}
            rowHref={({ run }) => `${address}/${encodeURIComponent(run.id)}`}
            rowData={({ run }) => ({
              "data-testid": `run-row-${run.id}`,
              "data-status": run.status,
              "data-run": run.id,
              "data-chosen": String(selected.has(run.id)),
            })}
            rowClassName={cn(runRowClass, choosing && choosingRowClass, look.compact && "md:h-7")}
          />
          {shown.searched !== null && (
            <SearchedSoFar searched={shown.searched} olderHref={hrefOf(shown.older, "older")} />
          )}
          <Pager
            label="Pages of runs"
            newerHref={hrefOf(shown.newer, "newer")}
            olderHref={hrefOf(shown.older, "older")}
          />
        </div>
      )}
      <RowKeys />
      {mayWrite && (
        <>
          <RunListKeys rows={runs} last={lastChosen} onLast={setLastChosen} />
          <BulkBar runs={runs} />
          <BulkDialog />
        </>
      )}
    </>
  );
}
