"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount } from "@/lib/format";
import { isMissing, logTailOptions } from "@/lib/runs/query-options";
import type { TaskRow } from "@/lib/runs/schema";
import { useRunPage } from "../run-page-context";
import { logHref } from "./log-href";
import { LogRows } from "./log-rows";
import { lastGrave, lastSeq } from "./log-tail";
import { Section } from "./section";

const glanceRows = 8;

/** The last rows of the log, beside the error they explain. */
export function LogGlance({ episodeId, status }: { episodeId: string; status: TaskRow["status"] }) {
  const { workspace } = useRunPage();
  const tail = useQuery(logTailOptions(workspace, episodeId, status));
  const rows = tail.data?.rows.slice(-glanceRows) ?? [];
  const error = status === "failed" ? lastGrave(tail.data) : undefined;
  return (
    <Section
      title="Log"
      note={
        tail.data &&
        rows.length > 0 &&
        `last ${rows.length} of ${formatCount(tail.data.nextSequenceNumber)} rows`
      }
      action={
        <Link
          href={logHref(workspace, episodeId, error ?? lastSeq(rows))}
          className="rounded-1 font-medium text-accent-text hover:underline"
        >
          {error === undefined ? "Open in logs" : "Open at error"}
        </Link>
      }
    >
      {tail.isPending && <GlanceSkeleton />}
      {isMissing(tail.error) && <p className="pt-2 text-text-3">Nothing has been written to it.</p>}
      {tail.isError && !tail.data && !isMissing(tail.error) && (
        <p role="alert" className="pt-2 text-fail-text">
          The log cannot be read: {tail.error.message}
        </p>
      )}
      {tail.data && rows.length === 0 && <p className="pt-2 text-text-3">Nothing has been written to it.</p>}
      <LogRows rows={rows} />
    </Section>
  );
}

function GlanceSkeleton() {
  return (
    <div aria-hidden="true" className="grid gap-3 pt-3">
      {["w-3/4", "w-2/3", "w-4/5", "w-1/2", "w-3/5", "w-2/3", "w-3/4", "w-1/2"].map((width, index) => (
        <Skeleton key={`${width} ${String(index)}`} className={width} />
      ))}
    </div>
  );
}
