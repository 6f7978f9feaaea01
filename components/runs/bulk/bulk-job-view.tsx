"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useAct } from "@/components/saved-views/use-act";
import { AsOf } from "@/components/ui/as-of";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { ProgressSegments } from "@/components/ui/progress-segments";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { formatCount, formatInstant } from "@/lib/format";
import { abortBulkAction } from "@/lib/runs/bulk/actions";
import { bulkKind } from "@/lib/runs/bulk/kinds";
import { bulkJobOptions } from "@/lib/runs/bulk/query-options";
import type { BulkJobDetail, BulkJobRow } from "@/lib/runs/bulk/schema";
import type { BulkParams } from "@/lib/runs/bulk/search-params";
import { BulkItems } from "./bulk-items";
import { itemState, jobSentence, jobState, jobTitle, outcomeOrder } from "./job-words";

interface BulkJobViewProps {
  workspace: string;
  params: BulkParams;
  detail: BulkJobDetail;
  people: Readonly<Record<string, string>>;
  mayWrite: boolean;
}

/** A job as it goes on, and what became of each of its runs. */
export function BulkJobView({ workspace, params, detail, people, mayWrite }: BulkJobViewProps) {
  const { data, isError, refetch } = useQuery({
    ...bulkJobOptions(workspace, detail.job.id, params),
    initialData: detail,
    initialDataUpdatedAt: Date.parse(detail.asOf),
  });
  const { job } = data;
  return (
    <>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 pt-5 pb-3">
        <h1 className="text-20 font-semibold">{jobTitle(job)}</h1>
        <StatusBadge
          status={job.aborting ? { ...jobState[job.state], label: "Stopping" } : jobState[job.state]}
        />
        <span className="ml-auto flex items-center gap-3">
          <AsOf at={data.asOf} state={isError ? "stale" : job.finishedAt ? "still" : "live"} />
          {mayWrite && job.finishedAt === null && (
            <StopButton workspace={workspace} job={job} onDone={() => void refetch()} />
          )}
        </span>
      </header>
      {job.message && (
        <Notice tone="fail" className="-mx-6 mb-3 max-md:-mx-4">
          {job.message}
        </Notice>
      )}
      <ProgressSegments
        size={6}
        segments={outcomeOrder.map((state) => ({ ...itemState(state, job), count: job.counts[state] }))}
      />
      <p role="status" className="mt-2 text-text-2">
        {jobSentence(job)}
      </p>
      <Facts workspace={workspace} job={job} by={people[job.requestedBy] ?? job.requestedBy} />
      <BulkItems workspace={workspace} detail={data} params={params} />
    </>
  );
}

interface StopButtonProps {
  workspace: string;
  job: BulkJobRow;
  onDone: () => void;
}

function StopButton({ workspace, job, onDone }: StopButtonProps) {
  const { act, pending, failure } = useAct(workspace);
  const toGo = job.counts.waiting + job.counts.begun;
  return (
    <>
      {failure && (
        <span role="alert" className="text-12 text-fail-text">
          {failure.message}
        </span>
      )}
      <Button
        variant="danger"
        disabled={pending || job.aborting}
        onClick={() => act(abortBulkAction, { jobId: job.id }, onDone)}
      >
        {job.aborting ? "Stopping" : toGo > 0 ? `Stop, ${formatCount(toGo)} to go` : "Stop"}
      </Button>
    </>
  );
}

function Facts({ workspace, job, by }: { workspace: string; job: BulkJobRow; by: string }) {
  return (
    <dl className="mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1 border-line border-t pt-3 md:max-w-180">
      <Fact name="Asked for">
        {by}, <Time at={job.createdAt} />
      </Fact>
      <Fact name="What it does">{bulkKind[job.kind].effect}</Fact>
      <Fact name="Which runs">
        {job.query === null ? (
          `${formatCount(job.expectedCount)} that were chosen one by one`
        ) : (
          <>
            <Link href={`/w/${workspace}/runs${job.query}`} className="text-accent-text underline">
              The filter as it was frozen
            </Link>{" "}
            at {formatInstant(job.frozenAt)}; the preview counted {formatCount(job.expectedCount)}
          </>
        )}
      </Fact>
      {job.finishedAt && (
        <Fact name="Ended">
          <Time at={job.finishedAt} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
