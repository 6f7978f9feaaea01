"use client";

import { useQueryStates } from "nuqs";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { formatCount, formatPlural } from "@/lib/format";
import { type PairSort, pairSorts, runCompareParams } from "@/lib/runs/compare/search-params";

const sortWords: Record<PairSort, string> = {
  difference: "Gravest difference",
  start: "Start",
  name: "Name",
  change: "Greatest change",
  percent: "Greatest change, %",
};

interface PairToolbarProps {
  different: number;
  total: number;
  waiting: number;
}

export function PairToolbar({ different, total, waiting }: PairToolbarProps) {
  const [{ q, all, sort }, setParams] = useQueryStates(runCompareParams);
  return (
    <div className="sticky top-0 z-2 flex h-11 shrink-0 items-center gap-2 border-line border-b bg-surface px-4 max-md:h-auto max-md:flex-wrap max-md:px-3 max-md:py-1.5">
      <ToggleGroup
        label="Which tasks"
        value={all ? "all" : "different"}
        onValueChange={(value) => void setParams({ all: value === "all" || null })}
        options={[
          { value: "different", label: `Different ${formatCount(different)}` },
          { value: "all", label: `All ${formatCount(total)}` },
        ]}
      />
      <Input
        type="search"
        aria-label="Find a task"
        placeholder="Find a task"
        value={q}
        onChange={(event) => void setParams({ q: event.target.value || null })}
        className="w-52 max-md:min-w-0 max-md:grow"
      />
      <Select
        label="Sort by"
        value={sort}
        onValueChange={(value) => void setParams({ sort: value, turned: null })}
        options={pairSorts.map((value) => ({ value, label: sortWords[value] }))}
      />
      <p className="ml-auto whitespace-nowrap text-12 text-text-3 max-md:hidden">
        {waiting > 0
          ? `comparing the logs of ${formatPlural(waiting, "more task")}`
          : "durations differ from 10% and 1 s on"}
      </p>
    </div>
  );
}
