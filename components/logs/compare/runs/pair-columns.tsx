import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount, formatDuration, formatPlural } from "@/lib/format";
import type { ComparedTaskSide, PairTemplates, TaskPair } from "@/lib/logs/compare/run-schema";
import type { PairVerdict } from "@/lib/logs/compare/run-verdict";
import { taskStatus } from "@/lib/runs/status";
import { shortTaskName } from "@/lib/runs/task-name";

export interface PairRow {
  pair: TaskPair;
  templates: PairTemplates | undefined;
  verdict: PairVerdict;
  /** The first task at which the runs differ. */
  first: boolean;
}

/** One grid for head and rows: columns that never move. On a phone the sides stand under the name. */
export const pairGrid =
  "grid grid-cols-[minmax(180px,1fr)_minmax(140px,220px)_104px_104px_92px_92px_84px_84px] items-center gap-x-3 px-4 max-lg:grid-cols-[minmax(120px,1fr)_minmax(110px,180px)_84px_84px_72px_72px] max-md:flex max-md:flex-wrap max-md:gap-y-0";

export const pairHeads = [
  { label: "Task", className: "pl-10 max-md:hidden" },
  { label: "Logs", className: "max-md:hidden" },
  { label: "Ran A", className: "text-right max-lg:hidden" },
  { label: "Ran B", className: "text-right max-lg:hidden" },
  { label: "Rows A", className: "text-right max-md:hidden" },
  { label: "Rows B", className: "text-right max-md:hidden" },
  { label: "Only A", className: "text-right max-md:hidden" },
  { label: "Only B", className: "text-right max-md:hidden" },
] as const;

export function PairCells({ row, name }: { row: PairRow; name: ReactNode }) {
  const { pair, templates } = row;
  return (
    <>
      <td className="flex min-w-0 items-center gap-2 max-md:w-full">
        <SideStatus side={pair.a} />
        <SideStatus side={pair.b} />
        {name}
        {row.first && (
          <span className="shrink-0 rounded-1 border border-warn-line bg-warn-tint px-1 font-medium text-11 text-warn-text leading-4">
            first divergence
          </span>
        )}
      </td>
      <td className="min-w-0 truncate max-md:text-12">
        <Verdict {...row} />
      </td>
      <Figure className="max-lg:hidden">{duration(pair.a)}</Figure>
      <Figure className="max-lg:hidden">{duration(pair.b)}</Figure>
      <Figure>{rows(pair.a)}</Figure>
      <Figure strong={pair.a?.rows !== pair.b?.rows}>{rows(pair.b)}</Figure>
      <Figure strong={(templates?.onlyA.templates ?? 0) > 0}>
        {templates ? formatCount(templates.onlyA.templates) : ""}
      </Figure>
      <Figure strong={(templates?.onlyB.templates ?? 0) > 0}>
        {templates ? formatCount(templates.onlyB.templates) : ""}
      </Figure>
    </>
  );
}

/** The status of the task on one side; where the run has no such task, a mark that says so. */
function SideStatus({ side }: { side: ComparedTaskSide | null }) {
  if (!side) {
    return (
      <span className="flex size-3 items-center">
        <span aria-hidden="true" className="block h-px w-3 bg-line-control" />
        <span className="sr-only">not in this run</span>
      </span>
    );
  }
  const { label, tone, shape } = taskStatus[side.status];
  return (
    <span>
      <StatusGlyph tone={tone} shape={shape} />
      <span className="sr-only">{label}</span>
    </span>
  );
}

function Verdict({ pair, templates, verdict }: PairRow) {
  if (!pair.a || !pair.b) return <b className="font-medium">only in {pair.a ? "A" : "B"}</b>;
  if (pair.a.status !== pair.b.status) {
    return (
      <b className="font-medium">
        <Ended side={pair.a} /> in A, <Ended side={pair.b} /> in B
      </b>
    );
  }
  if (verdict === "waiting") return <span className="text-text-3">not compared yet</span>;
  if (verdict === "silent") return <span className="text-text-3">no log on either side</span>;
  if (verdict === "same") return <span className="text-text-3">the same</span>;
  if (verdict === "counts") return <span className="text-text-2">the same, other counts</span>;
  const only = (templates?.onlyA.templates ?? 0) + (templates?.onlyB.templates ?? 0);
  return <b className="font-medium">{formatPlural(only, "template")} on one side</b>;
}

function Figure({
  children,
  strong = false,
  className,
}: {
  children: ReactNode;
  strong?: boolean;
  className?: string;
}) {
  return (
    <td
      className={cn("truncate text-right max-md:hidden", strong ? "font-semibold" : "text-text-2", className)}
    >
      {children}
    </td>
  );
}

function Ended({ side: { status } }: { side: ComparedTaskSide }) {
  return (
    <span className={cn(status === "failed" && "text-fail-text")}>
      {taskStatus[status].label.toLowerCase()}
    </span>
  );
}

const duration = (side: ComparedTaskSide | null) =>
  side?.durationMs == null ? "" : formatDuration(side.durationMs);
const rows = (side: ComparedTaskSide | null) => (side?.episodeId == null ? "none" : formatCount(side.rows));

export const pairName = ({ name, key }: TaskPair) => shortTaskName(name, key);
