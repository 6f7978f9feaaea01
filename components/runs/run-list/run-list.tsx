"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { Pager } from "@/components/data-table/pager";
import { RowKeys } from "@/components/data-table/row-keys";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { formatClock, formatPlural } from "@/lib/format";
import type { RunFilters } from "@/lib/runs/list/filters";
import { type LiveRow, livePage } from "@/lib/runs/live-page";
import { runListOptions } from "@/lib/runs/run-list-options";
import type { RunPage } from "@/lib/runs/schema";
import { paramsOf, runListQuery } from "@/lib/runs/search-params";
import { runColumns, runRowClass } from "./run-columns";
import { RunListEmpty } from "./run-list-empty";

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
  const shown = asked && asked.asOf > page.asOf ? asked : page;
  const newest = latest.data.asOf > shown.asOf ? latest.data : shown;
  const { rows, newRuns } = livePage(shown, newest);
  const address = `/w/${workspace}/runs`;

  return (
    <>
      <div role="status" className="empty:hidden">
        {latest.isError && (
          <Notice
            tone="warn"
            action={
              <Button size="sm" onClick={() => latest.refetch()} disabled={latest.isFetching}>
                Now
              </Button>
            }
          >
            <span className="font-semibold text-warn-text">As of {formatClock(newest.asOf)} UTC.</span> The
            server does not answer; trying again.
          </Notice>
        )}
        {newRuns > 0 && !filters.cursor && (
          <div className="flex justify-center border-line border-b py-1.5">
            <Button size="sm" onClick={() => setAsked(latest.data)}>
              Show {formatPlural(newRuns, "new run")}
            </Button>
          </div>
        )}
      </div>
      {rows.length === 0 ? (
        <RunListEmpty workspace={workspace} filters={filters} />
      ) : (
        <div className="px-6 max-md:px-4">
          <DataTable<LiveRow>
            label="Runs"
            columns={runColumns}
            rows={rows}
            rowId={({ run }) => run.id}
            rowHref={({ run }) => `${address}/${encodeURIComponent(run.id)}`}
            rowData={({ run }) => ({ "data-testid": `run-row-${run.id}`, "data-status": run.status })}
            rowClassName={runRowClass}
          />
          <Pager
            label="Pages of runs"
            newerHref={shown.newer && address + pageQuery(filters, shown.newer, "newer")}
            olderHref={shown.older && address + pageQuery(filters, shown.older, "older")}
          />
        </div>
      )}
      <RowKeys />
    </>
  );
}

function pageQuery(filters: RunFilters, cursor: string, direction: RunFilters["direction"]): string {
  return runListQuery(paramsOf({ ...filters, cursor, direction }));
}
