import Link from "next/link";
import { RunProgress } from "@/components/runs/run-progress";
import { Elapsed } from "@/components/ui/elapsed";
import { Panel } from "@/components/ui/panel";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { Settled } from "@/lib/auth/settle";
import { formatCount, shortenId } from "@/lib/format";
import type { RunRow } from "@/lib/runs/schema";
import { runStatus } from "@/lib/runs/status";
import { RegionFailed } from "./region-failed";

/** Rows shown; the rest is one click away. */
const shownRuns = 6;

interface RunningListProps {
  workspace: string;
  running: Promise<Settled<RunRow[]>>;
}

export async function RunningList({ workspace, running }: RunningListProps) {
  const read = await running;
  const runs = `/w/${workspace}/runs`;
  const hidden = read.ok ? read.value.length - shownRuns : 0;
  return (
    <Panel
      title="Running now"
      count={read.ok ? formatCount(read.value.length) : undefined}
      aside={
        hidden > 0 && (
          <Link href={`${runs}?status=queued,running,cancelling`} className="hover:text-text">
            {formatCount(hidden)} more
          </Link>
        )
      }
    >
      {!read.ok && <RegionFailed title="Running runs cannot be read" requestId={read.requestId} />}
      {read.ok && read.value.length === 0 && (
        <p className="flex h-9 items-center border-line border-b text-text-3">No run is in progress.</p>
      )}
      {read.ok && (
        <ul>
          {read.value.slice(0, shownRuns).map((run) => (
            <RunningRow key={run.id} run={run} href={`${runs}/${encodeURIComponent(run.id)}`} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function RunningRow({ run, href }: { run: RunRow; href: string }) {
  const status = runStatus[run.status];
  return (
    <li className="relative grid h-9 grid-cols-[12px_minmax(0,1fr)_220px_128px] items-center max-lg:grid-cols-[12px_minmax(0,1fr)_120px_128px] gap-x-3 border-line border-b transition-colors hover:bg-hover max-md:h-auto max-md:grid-cols-[12px_minmax(0,1fr)_auto] max-md:gap-x-2.5 max-md:gap-y-1 max-md:py-2.5">
      <StatusGlyph tone={status.tone} shape={status.shape} />
      <span className="truncate">
        <Link
          href={href}
          className="font-semibold after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-(--focus-in)"
        >
          {run.workflowName} <span className="font-normal text-text-3">v{run.versionNumber}</span>
        </Link>{" "}
        <span className="mono ml-2 text-text-3 max-md:hidden">{shortenId(run.id)}</span>
      </span>
      <span className="max-md:order-1 max-md:col-span-2 max-md:col-start-2">
        <RunProgress counts={run.taskCounts} />
      </span>
      <span className="whitespace-nowrap text-right text-text-2">
        {status.label} {run.startedAt && <Elapsed since={run.startedAt} className="text-text-3" />}
      </span>
    </li>
  );
}
