import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table/data-table";
import { Pager } from "@/components/data-table/pager";
import { RowKeys } from "@/components/data-table/row-keys";
import { cn } from "@/components/ui/cn";
import { segment, segmentGroup } from "@/components/ui/segment";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { formatCount, shortenId } from "@/lib/format";
import type { BulkItemState } from "@/lib/runs/bulk/kinds";
import type { BulkItem, BulkJobDetail, BulkJobRow } from "@/lib/runs/bulk/schema";
import { type BulkParams, bulkQuery } from "@/lib/runs/bulk/search-params";
import { itemState, outcomeOrder } from "./job-words";

interface BulkItemsProps {
  workspace: string;
  detail: BulkJobDetail;
  params: BulkParams;
}

/** What became of each run, of one outcome or of all. */
export function BulkItems({ workspace, detail, params }: BulkItemsProps) {
  const { job, items, next } = detail;
  const address = `/w/${workspace}/runs/bulk/${job.id}`;
  const present = outcomeOrder.filter((state) => job.counts[state] > 0 || state === params.state);
  return (
    <section aria-label="Runs of this job" className="mt-6">
      <nav aria-label="Outcome" className={cn(segmentGroup, "mb-2 max-w-full flex-wrap")}>
        <Outcome href={address} on={params.state === null} label="All" count={job.itemCount} />
        {present.map((state) => (
          <Outcome
            key={state}
            href={address + bulkQuery({ state })}
            on={params.state === state}
            label={itemState(state, job).label}
            count={job.counts[state]}
          />
        ))}
      </nav>
      {items.length > 0 ? (
        <DataTable
          label="Runs of this job"
          columns={columnsFor(job, workspace)}
          rows={items}
          rowId={({ runId }) => runId}
          rowHref={({ runId }) => `/w/${workspace}/runs/${encodeURIComponent(runId)}`}
          rowData={({ runId, state }) => ({ "data-testid": `bulk-item-${runId}`, "data-state": state })}
          rowClassName="max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-2 max-md:gap-y-1 max-md:py-2.5 max-md:*:pr-0"
        />
      ) : (
        <p className="flex h-10 items-center border-line border-t text-text-3">
          {emptyWords(job, params.state)}
        </p>
      )}
      <Pager
        label="Pages of runs"
        newerHref={params.cursor && address + bulkQuery({ state: params.state })}
        olderHref={next && address + bulkQuery({ state: params.state, cursor: next })}
      />
      <RowKeys />
    </section>
  );
}

interface OutcomeProps {
  href: string;
  on: boolean;
  label: string;
  count: number;
}

function Outcome({ href, on, label, count }: OutcomeProps) {
  return (
    <Link
      href={href}
      aria-current={on ? "page" : undefined}
      className={cn(segment, "gap-1.5")}
      scroll={false}
    >
      {label} <span className="font-normal text-text-3">{formatCount(count)}</span>
    </Link>
  );
}

function emptyWords(job: BulkJobRow, state: BulkItemState | null): string {
  if (job.state === "listing") return "Its runs appear here as they are listed.";
  return state ? `No run is ${itemState(state, job).label.toLowerCase()}.` : "No run matched the filter.";
}

function columnsFor(job: BulkJobRow, workspace: string): Column<BulkItem>[] {
  return [
    {
      id: "outcome",
      header: "Outcome",
      width: 128,
      className: "max-md:order-2",
      cell: ({ state }) => <StatusBadge status={itemState(state, job)} />,
    },
    {
      id: "workflow",
      header: "Run",
      width: 320,
      opens: true,
      className: "max-md:order-1",
      cell: ({ workflowName, runId }) => (
        <>
          {workflowName} <span className="mono font-normal text-text-3">{shortenId(runId)}</span>
        </>
      ),
    },
    {
      id: "message",
      header: "Why",
      className: "text-text-2 max-md:order-3 max-md:whitespace-normal",
      cell: ({ message, newRunId }) =>
        newRunId ? (
          <Link
            href={`/w/${workspace}/runs/${encodeURIComponent(newRunId)}`}
            className="relative z-1 text-accent-text hover:underline"
          >
            new run <span className="mono">{shortenId(newRunId)}</span>
          </Link>
        ) : (
          message
        ),
    },
    {
      id: "at",
      header: "When",
      width: 96,
      align: "right",
      className: "text-text-2 max-md:order-4",
      cell: ({ at }) => (at ? <Time at={at} /> : <span className="text-text-3">not yet</span>),
    },
  ];
}
