"use client";

import { useQuery } from "@tanstack/react-query";
import { type Column, DataTable } from "@/components/data-table/data-table";
import { Pager } from "@/components/data-table/pager";
import { RowKeys } from "@/components/data-table/row-keys";
import { EmptyState } from "@/components/ui/empty-state";
import { ProgressSegments } from "@/components/ui/progress-segments";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { bulkJobsOptions } from "@/lib/runs/bulk/query-options";
import type { BulkJobRow } from "@/lib/runs/bulk/schema";
import { bulkQuery } from "@/lib/runs/bulk/search-params";
import { itemState, jobSentence, jobState, jobTitle, outcomeOrder } from "./job-words";

interface BulkJobListProps {
  workspace: string;
  cursor: string | null;
  page: { jobs: BulkJobRow[]; next: string | null; asOf: string };
  people: Readonly<Record<string, string>>;
}

/** Jobs, the newest first. */
export function BulkJobList({ workspace, cursor, page, people }: BulkJobListProps) {
  const { data } = useQuery({
    ...bulkJobsOptions(workspace, cursor),
    initialData: page,
    initialDataUpdatedAt: Date.parse(page.asOf),
  });
  const address = `/w/${workspace}/runs/bulk`;
  if (data.jobs.length === 0) {
    return (
      <EmptyState title="Nothing was done to many runs at once so far">
        <p>
          Choose runs in the list, or all that a filter matches, and cancel them, retry their failed tasks or
          run them again. Each such act is one row here: how far it is, and what became of each run.
        </p>
      </EmptyState>
    );
  }
  return (
    <div className="px-6 pb-12 max-md:px-4">
      <DataTable
        label="Bulk jobs"
        columns={columnsFor(people)}
        rows={data.jobs}
        rowId={({ id }) => id}
        rowHref={({ id }) => `${address}/${id}`}
        rowData={({ id, state }) => ({ "data-testid": `bulk-job-${id}`, "data-state": state })}
        rowClassName="max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-2 max-md:gap-y-1 max-md:py-2.5 max-md:*:pr-0"
      />
      <Pager
        label="Pages of bulk jobs"
        newerHref={cursor && address}
        olderHref={data.next && address + bulkQuery({ cursor: data.next })}
      />
      <RowKeys />
    </div>
  );
}

function columnsFor(people: BulkJobListProps["people"]): Column<BulkJobRow>[] {
  return [
    {
      id: "state",
      header: "State",
      width: 112,
      className: "max-md:order-2",
      cell: (job) => <StatusBadge status={jobState[job.state]} />,
    },
    { id: "job", header: "Job", width: 280, opens: true, className: "max-md:order-1", cell: jobTitle },
    {
      id: "progress",
      header: "Runs",
      width: 160,
      className: "max-md:order-3",
      cell: (job) => (
        <ProgressSegments
          segments={outcomeOrder.map((state) => ({ ...itemState(state, job), count: job.counts[state] }))}
        />
      ),
    },
    {
      id: "outcome",
      header: "Outcome",
      className: "text-text-2 max-md:order-5 max-md:col-span-2",
      cell: jobSentence,
    },
    {
      id: "by",
      header: "By",
      width: 140,
      className: "text-text-2 max-lg:hidden",
      cell: (job) => people[job.requestedBy] ?? job.requestedBy,
    },
    {
      id: "at",
      header: "Asked for",
      width: 96,
      align: "right",
      className: "text-text-2 max-md:order-4",
      cell: (job) => <Time at={job.createdAt} />,
    },
  ];
}
