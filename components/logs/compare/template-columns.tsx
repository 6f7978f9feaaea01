"use client";

import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { formatCount, formatPlural } from "@/lib/format";
import type { ComparedTemplate, Comparison } from "@/lib/logs/compare/schema";
import { TemplateList } from "./template-list";

type Column = "onlyA" | "both" | "onlyB";

interface TemplateColumnsProps {
  workspace: string;
  comparison: Comparison;
}

/** What only A says, what both say, what only B says. Where there is no room for three, one after the other. */
export function TemplateColumns({ workspace, comparison }: TemplateColumnsProps) {
  const [typed, setTyped] = useState("");
  const [shown, setShown] = useState<Column>(() => mostTelling(comparison));
  const wanted = typed.trim().toLowerCase();
  const kept = (templates: ComparedTemplate[]) =>
    wanted === "" ? templates : templates.filter(({ template }) => template.toLowerCase().includes(wanted));
  const lists = {
    onlyA: kept(comparison.onlyA),
    both: kept(comparison.both),
    onlyB: kept(comparison.onlyB),
  };
  return (
    <section aria-label="Templates of both" className="flex min-h-0 grow flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3 py-1.5">
        <Input
          type="search"
          aria-label="Find a template"
          placeholder="Find a template"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="w-60 max-md:w-full"
        />
        <ToggleGroup<Column>
          label="Column"
          value={shown}
          onValueChange={setShown}
          options={[
            { value: "onlyA", label: `Only A ${formatCount(lists.onlyA.length)}` },
            { value: "both", label: `Both ${formatCount(lists.both.length)}` },
            { value: "onlyB", label: `Only B ${formatCount(lists.onlyB.length)}` },
          ]}
          className="lg:hidden"
        />
        <p className="text-12 text-text-3 lg:ml-auto">{exactness(comparison)}</p>
      </div>
      <div className="grid min-h-0 grow lg:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1fr)] lg:divide-x lg:divide-line">
        {columns.map(({ column, title, mark }) => (
          <TemplateList
            key={`${column} ${wanted}`}
            title={title}
            mark={mark}
            templates={lists[column]}
            searched={wanted === "" ? null : typed.trim()}
            workspace={workspace}
            comparison={comparison}
            className={cn(shown !== column && "max-lg:hidden")}
          />
        ))}
      </div>
    </section>
  );
}

const columns = [
  { column: "onlyA", title: "Only A", mark: "a" },
  { column: "both", title: "Both", mark: null },
  { column: "onlyB", title: "Only B", mark: "b" },
] as const;

/** A phone opens on a column that has something in it. */
function mostTelling({ onlyA, onlyB }: Comparison): Column {
  if (onlyA.length > 0) return "onlyA";
  return onlyB.length > 0 ? "onlyB" : "both";
}

function exactness({ a, b, exact, unlisted }: Comparison): string {
  const other = a.other + b.other;
  const parts = [
    exact
      ? `Counts are exact, ${formatCount(a.rows)} and ${formatCount(b.rows)} rows`
      : `${formatPlural(other, "row")} were not looked at, or are in no template`,
    exact && other > 0 && `${formatPlural(other, "rare row")} in none of them`,
    unlisted.templates > 0 &&
      `${formatPlural(unlisted.templates, "more template")} with ${formatPlural(unlisted.a + unlisted.b, "row")} not listed`,
  ];
  return parts.filter(Boolean).join("; ");
}
