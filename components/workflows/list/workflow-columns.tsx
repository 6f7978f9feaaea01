import { Play } from "lucide-react";
import Link from "next/link";
import type { Column } from "@/components/data-table/data-table";
import { Button } from "@/components/ui/button";
import { StatusBadge } from "@/components/ui/status-badge";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import { formatCount, formatDuration, formatPercent } from "@/lib/format";
import { runStatus } from "@/lib/runs/status";
import type { WorkflowFigures, WorkflowListRow } from "@/lib/workflows/schema";
import { workflowStatusLook } from "../workflow-look";
import { RunMarks } from "./run-marks";

/** On a phone a row is two lines: name and start, then marks, success and the last run. */
export const workflowRowClass =
  "max-md:grid max-md:grid-cols-[92px_minmax(0,1fr)_auto] max-md:items-center max-md:gap-x-2 max-md:gap-y-1 max-md:py-2.5 max-md:*:pr-0";

export function workflowColumns(workspace: string, canStart: boolean): readonly Column<WorkflowListRow>[] {
  return [
    {
      id: "name",
      header: "Workflow",
      opens: true,
      className: "max-md:order-1 max-md:col-span-2",
      cell: ({ name }) => name,
    },
    {
      id: "project",
      header: "Project",
      width: 128,
      className: "text-text-2 max-xl:hidden",
      cell: ({ projectName }) => projectName ?? <span className="text-text-3">none</span>,
    },
    {
      id: "version",
      header: "Version",
      width: 172,
      className: "text-text-2 max-xl:hidden",
      cell: (row) => <Version row={row} />,
    },
    {
      id: "marks",
      header: "Last runs",
      width: 104,
      className: "md:max-lg:hidden max-md:order-3",
      cell: ({ figures }) => <RunMarks runs={figures.last} />,
    },
    {
      id: "success",
      header: "Success, 30 d",
      width: 144,
      align: "right",
      className: "text-text-2 md:max-lg:hidden max-md:order-4 max-md:text-left",
      cell: ({ figures }) => <Success figures={figures} />,
    },
    {
      id: "p50",
      header: "Typical time",
      width: 112,
      align: "right",
      className: "text-text-2 max-lg:hidden",
      cell: ({ figures }) =>
        figures.durationP50Ms === null ? (
          <span className="text-text-3">unknown</span>
        ) : (
          formatDuration(figures.durationP50Ms)
        ),
    },
    {
      id: "last",
      header: "Last run",
      width: 120,
      align: "right",
      className: "text-text-2 max-md:order-5",
      cell: ({ figures }) => <LastRun figures={figures} />,
    },
    ...(canStart
      ? [
          {
            id: "start",
            header: "",
            width: 104,
            align: "right" as const,
            className: "overflow-visible max-md:order-2",
            cell: (row: WorkflowListRow) => <Start workspace={workspace} row={row} />,
          },
        ]
      : []),
  ];
}

function Version({ row }: { row: WorkflowListRow }) {
  const { status, publishedVersionNumber: published, latestVersionNumber: latest } = row;
  if (status === "archived") return <StatusBadge status={workflowStatusLook.archived} />;
  if (published === null)
    return (
      <>
        v{latest} <span className="text-text-3">not published</span>
      </>
    );
  return (
    <>
      v{published}
      {latest > published && <span className="text-text-3"> · v{latest} not published</span>}
    </>
  );
}

function Success({ figures: { ended, succeeded, bounded } }: { figures: WorkflowFigures }) {
  if (ended === 0) return <span className="text-text-3">none ended</span>;
  return (
    <>
      {formatPercent(succeeded / ended)}{" "}
      <span className="text-text-3">
        of {bounded ? "last " : ""}
        {formatCount(ended)}
      </span>
    </>
  );
}

function LastRun({ figures }: { figures: WorkflowFigures }) {
  const last = figures.last.at(-1);
  if (!last) return <span className="text-text-3">never</span>;
  const { tone, shape, label } = runStatus[last.status];
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusGlyph tone={tone} shape={shape} />
      <span className="sr-only">{label}</span>
      <Time at={last.at} />
    </span>
  );
}

function Start({ workspace, row }: { workspace: string; row: WorkflowListRow }) {
  if (row.status === "archived") return null;
  return (
    <Button asChild size="sm" className="relative z-1">
      <Link
        href={`/w/${workspace}/workflows/${encodeURIComponent(row.id)}/start`}
        aria-label={`Start run of ${row.name}`}
      >
        <Play size={12} aria-hidden="true" />
        Start run
      </Link>
    </Button>
  );
}
