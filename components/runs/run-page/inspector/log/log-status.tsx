"use client";

import Link from "next/link";
import { formatClock, formatCount } from "@/lib/format";
import type { LogWindow } from "@/lib/runs/log-window";
import { useRunPage } from "../../run-page-context";
import { logHref } from "../log-href";
import { lastSeq } from "../log-tail";

interface LogStatusProps {
  episodeId: string;
  window: LogWindow;
  live: boolean;
  /** The last attempt to read on failed; what is there stays. */
  failed: boolean;
}

/** Under the rows: how many of how many, how old, and the way to the whole. */
export function LogStatus({ episodeId, window: { rows, total, asOf }, live, failed }: LogStatusProps) {
  const { workspace } = useRunPage();
  return (
    <div className="flex h-7 shrink-0 items-center gap-2 whitespace-nowrap border-line border-t px-4 text-12 text-text-3 max-md:h-9">
      <span className="min-w-0 truncate">
        {formatCount(rows.length)} of {formatCount(total)} rows
        {live && !failed ? ", followed" : `, as of ${formatClock(asOf)} UTC`}
        {failed && <span className="text-warn-text">, reconnecting</span>}
      </span>
      <Link
        href={logHref(workspace, episodeId, lastSeq(rows))}
        className="ml-auto rounded-1 font-medium text-accent-text hover:underline"
      >
        Open in logs
      </Link>
    </div>
  );
}
