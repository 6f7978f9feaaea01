import Link from "next/link";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import type { ErrorFailure } from "@/lib/runs/failures/schema";

interface ErrorFailuresProps {
  workspace: string;
  failures: readonly ErrorFailure[];
  count: number;
}

/** The failures of a group, each a way to its task: to what it is now, or to its attempts where it was retried since. */
export function ErrorFailures({ workspace, failures, count }: ErrorFailuresProps) {
  return (
    <ul aria-label="Failed tasks of this error" className="mb-2 ml-20 border-line border-l max-lg:ml-4">
      {failures.map((failure) => (
        <li key={failure.id}>
          <Link
            href={hrefOf(workspace, failure)}
            className="focus-inset grid min-h-7 grid-cols-[140px_140px_minmax(0,1fr)_92px] items-center gap-x-3 px-3 text-12 hover:bg-hover max-md:grid-cols-[minmax(0,1fr)_auto] max-md:py-1.5"
          >
            <span className="truncate font-medium">{failure.workflowName}</span>
            <span className="truncate text-text-2 max-md:hidden">{failure.node}</span>
            <span className="flex min-w-0 gap-x-3 text-text-2 max-md:col-span-2 max-md:row-start-2">
              <span className="mono min-w-0 truncate">{failure.message}</span>
              {!failure.present && <span className="shrink-0 text-text-3">retried since</span>}
            </span>
            <span className="text-right text-text-3">
              <Time at={failure.at} />
            </span>
          </Link>
        </li>
      ))}
      {count > failures.length && (
        <li className="px-3 py-1 text-12 text-text-3">
          The latest {formatCount(failures.length)} of {formatCount(count)}.
        </li>
      )}
    </ul>
  );
}

function hrefOf(workspace: string, { runId, taskId, present }: ErrorFailure): string {
  const tab = present ? "" : "&tab=attempts";
  return `/w/${workspace}/runs/${encodeURIComponent(runId)}?task=${encodeURIComponent(taskId)}${tab}`;
}
