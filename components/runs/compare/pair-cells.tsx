import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatDuration } from "@/lib/format";
import type { ComparedTaskSide, PairTemplates, TaskPair } from "@/lib/runs/compare/schema";
import type { PairVerdict } from "@/lib/runs/compare/verdict";
import { changeWords, differenceWords, shareWords, shortLogWords } from "@/lib/runs/compare/words";
import { taskStatus } from "@/lib/runs/status";

export interface PairRow {
  pair: TaskPair;
  templates: PairTemplates | undefined;
  verdict: PairVerdict;
  /** The task at which the runs part. */
  first: boolean;
}

/** One grid for head and rows: columns that never move. On a phone what differs stands under the name. */
export const pairGrid =
  "grid grid-cols-[minmax(200px,5fr)_minmax(160px,6fr)_88px_88px_104px_72px_64px_minmax(120px,3fr)] items-center gap-x-3 px-4 max-xl:grid-cols-[minmax(160px,5fr)_minmax(140px,6fr)_84px_84px_96px_64px] max-md:flex max-md:flex-wrap max-md:gap-x-2 max-md:gap-y-0 max-md:px-3";

export function PairCells({ row, name }: { row: PairRow; name: ReactNode }) {
  const { pair, verdict } = row;
  const { changeMs, changeShare } = verdict;
  const notable = verdict.difference === "duration";
  return (
    <>
      <td className="flex min-w-0 items-center gap-2 max-md:w-full">
        <SideStatus side={pair.a} letter="A" />
        <SideStatus side={pair.b} letter="B" />
        {name}
        {row.first && (
          <span className="shrink-0 rounded-1 border border-warn-line bg-warn-tint px-1 font-medium text-11 text-warn-text leading-4">
            first divergence
          </span>
        )}
      </td>
      <td className="min-w-0 truncate max-md:grow max-md:basis-0 max-md:pl-10 max-md:text-12">
        <WhatDiffers {...row} />
      </td>
      <Figure className="max-md:hidden">{duration(pair.a)}</Figure>
      <Figure className="max-md:hidden">{duration(pair.b)}</Figure>
      <Figure strong={notable} className="max-md:text-12">
        {changeMs === null ? "" : changeMs === 0 ? "0" : changeWords(changeMs)}
      </Figure>
      <Figure strong={notable} className="max-md:hidden">
        {changeShare === null ? "" : shareWords(changeShare)}
      </Figure>
      <Figure strong={pair.a?.attempt !== pair.b?.attempt} className="max-xl:hidden">
        {pair.a?.attempt ?? "none"} / {pair.b?.attempt ?? "none"}
      </Figure>
      <td className="truncate text-12 max-xl:hidden">
        <LogCell {...row} />
      </td>
    </>
  );
}

/** The status of the task on one side; where the run has no such task, a mark that says so. */
function SideStatus({ side, letter }: { side: ComparedTaskSide | null; letter: "A" | "B" }) {
  if (!side) {
    return (
      <span className="flex size-3 shrink-0 items-center">
        <span aria-hidden="true" className="block h-px w-3 bg-line-control" />
        <span className="sr-only">not in {letter}</span>
      </span>
    );
  }
  const { label, tone, shape } = taskStatus[side.status];
  return (
    <span className="shrink-0">
      <StatusGlyph tone={tone} shape={shape} />
      <span className="sr-only">
        {label} in {letter},
      </span>
    </span>
  );
}

function WhatDiffers({ pair, verdict }: PairRow) {
  const words = differenceWords(pair, verdict);
  if (verdict.difference === "none") return <span className="text-text-3">{words}</span>;
  const failed = [pair.b, pair.a].find((side) => side?.status === "failed");
  const [error] = failed?.errorMessage?.split("\n") ?? [];
  return (
    <>
      <b className="font-medium">{words}</b>
      {error && <span className="mono text-12 text-text-2"> {error}</span>}
    </>
  );
}

function LogCell({ pair: { a, b }, templates, verdict: { log } }: PairRow) {
  if (log === "differs" && templates) return <b className="font-medium">{shortLogWords(templates)}</b>;
  const words = {
    differs: "something else",
    waiting: "not compared yet",
    counts: "the same, other counts",
    same: "the same",
    silent: a?.episodeId ? "only in A" : b?.episodeId ? "only in B" : "no log",
  }[log];
  return <span className="text-text-3">{words}</span>;
}

interface FigureProps {
  children: ReactNode;
  strong?: boolean;
  className?: string;
}

function Figure({ children, strong = false, className }: FigureProps) {
  return (
    <td
      className={cn("truncate text-right tabular-nums", strong ? "font-semibold" : "text-text-2", className)}
    >
      {children}
    </td>
  );
}

const duration = (side: ComparedTaskSide | null) =>
  side?.durationMs == null ? "" : formatDuration(side.durationMs);
