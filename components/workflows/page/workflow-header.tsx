import Link from "next/link";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { formatDuration, formatPercent } from "@/lib/format";
import type { WorkflowListRow } from "@/lib/workflows/schema";
import { workflowPageQuery } from "@/lib/workflows/search-params";
import { RunMarks } from "../list/run-marks";
import { workflowStatusLook } from "../workflow-look";

interface WorkflowHeaderProps {
  address: string;
  workflow: WorkflowListRow;
}

/** Name, what is published, and how its last runs went. */
export function WorkflowHeader({ address, workflow }: WorkflowHeaderProps) {
  const { name, status, publishedVersionNumber: published, latestVersionNumber: latest, figures } = workflow;
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-3 pb-2">
      <h1 className="min-w-0 truncate text-20 font-semibold">{name}</h1>
      {status !== "active" && <StatusBadge status={workflowStatusLook[status]} />}
      <p className="text-text-2">
        {published === null ? "Not published" : `Version ${published} is published`}
        {published !== null && latest > published && (
          <span className="text-text-3">
            ,{" "}
            <Link
              href={address + workflowPageQuery({ version: latest, against: published })}
              className="text-accent-text underline"
            >
              version {latest} is not
            </Link>
          </span>
        )}
      </p>
      <dl className="ml-auto flex flex-wrap items-center gap-x-6 text-12 text-text-2 max-md:ml-0 [&>div]:flex [&>div]:items-center [&>div]:gap-1.5 [&_dt]:text-text-3">
        {figures.last.length > 0 && (
          <div>
            <dt>last runs</dt>
            <dd>
              <RunMarks runs={figures.last} />
            </dd>
          </div>
        )}
        {figures.ended > 0 && (
          <div>
            <dt>succeeded in 30 d</dt>
            <dd>
              {formatPercent(figures.succeeded / figures.ended)} of {figures.bounded ? "last " : ""}
              {figures.ended}
            </dd>
          </div>
        )}
        {figures.durationP50Ms !== null && (
          <div>
            <dt>typical time</dt>
            <dd>{formatDuration(figures.durationP50Ms)}</dd>
          </div>
        )}
        <div>
          <dt>changed</dt>
          <dd>
            <Time at={workflow.updatedAt} />
          </dd>
        </div>
      </dl>
    </header>
  );
}
