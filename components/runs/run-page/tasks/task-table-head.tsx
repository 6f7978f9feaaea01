"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useQueryStates } from "nuqs";
import { cn } from "@/components/ui/cn";
import { runPageParams } from "@/lib/runs/run-page-params";
import type { TaskSort } from "@/lib/runs/task-sort";
import type { TimeScale } from "@/lib/runs/time-scale";
import type { AxisTick, TimeSpan } from "@/lib/runs/timeline";
import { Playhead } from "../moment/playhead";
import { AxisBrush } from "./axis-brush";
import { AxisTools } from "./axis-tools";
import { TimeAxis } from "./time-axis";

export const headHeight = 28;

interface TaskTableHeadProps {
  dense: boolean;
  whole: TimeSpan | null;
  scale: TimeScale | null;
  ticks: readonly AxisTick[];
}

/** Stays in view while the rows scroll under it; its line is a shadow, because a collapsed border would scroll away. */
export function TaskTableHead({ dense, whole, scale, ticks }: TaskTableHeadProps) {
  const [{ sort }] = useQueryStates(runPageParams);
  return (
    <thead className="sticky top-0 z-1 bg-surface shadow-[inset_0_-1px_var(--line)] [&_th]:eyebrow">
      <tr className="h-7 text-left" aria-rowindex={1}>
        {dense ? (
          <th scope="col" className="w-48 pr-3 pl-4">
            <span className="flex items-center whitespace-nowrap">
              <span className="min-w-0 truncate">Task, by {sort}</span>
              <AxisTools whole={whole} />
            </span>
          </th>
        ) : (
          <>
            <SortHead sort="status" label="Status" className="w-30 pl-4" />
            <SortHead sort="name" label="Task" className="w-auto" />
            <th scope="col" className="w-10 @max-[680px]:hidden">
              Tries
            </th>
            <SortHead sort="start" label="Started" className="w-17 @max-[680px]:hidden" />
            <SortHead
              sort="duration"
              label="Ran"
              className="w-25 pr-4 text-right max-md:hidden"
              longestFirst
            />
          </>
        )}
        <th scope="col" className={cn("pr-4", dense ? "w-auto" : "w-[32%]")}>
          <span className="sr-only">Time, UTC</span>
          <AxisBrush whole={whole} scale={scale}>
            <TimeAxis scale={scale} ticks={ticks} />
            {dense && whole && scale && <Playhead whole={whole} scale={scale} />}
          </AxisBrush>
        </th>
      </tr>
    </thead>
  );
}

interface SortHeadProps {
  sort: TaskSort;
  label: string;
  className: string;
  /** What one looks for first. */
  longestFirst?: boolean;
}

function SortHead({ sort, label, className, longestFirst = false }: SortHeadProps) {
  const [params, setParams] = useQueryStates(runPageParams);
  const active = params.sort === sort;
  const Arrow = params.desc ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={active ? (params.desc ? "descending" : "ascending") : "none"}
      className={className}
    >
      <button
        type="button"
        onClick={() => setParams({ sort, desc: active ? !params.desc : longestFirst })}
        className={cn("inline-flex items-center gap-1 rounded-1 hover:text-text", active && "text-text")}
      >
        {label}
        {active && <Arrow size={11} aria-hidden="true" />}
      </button>
    </th>
  );
}
