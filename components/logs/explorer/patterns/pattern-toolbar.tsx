"use client";

import Link from "next/link";
import { ToggleChip } from "@/components/ui/chip";
import { Input } from "@/components/ui/input";
import { formatCount, formatPlural } from "@/lib/format";
import type { PatternList } from "@/lib/logs/patterns/schema";

interface PatternToolbarProps {
  workspace: string;
  list: PatternList | undefined;
  having: string;
  onHaving: (text: string) => void;
  onlyNew: boolean;
  onOnlyNew: (only: boolean) => void;
}

/** How many patterns there are, a search among them, and what is new. */
export function PatternToolbar({
  workspace,
  list,
  having,
  onHaving,
  onlyNew,
  onOnlyNew,
}: PatternToolbarProps) {
  const news = list?.patterns.filter(({ isNew }) => isNew).length ?? 0;
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b px-3 py-1.5 text-12">
      <Input
        type="search"
        aria-label="Search patterns"
        placeholder="Search patterns"
        value={having}
        onChange={(event) => onHaving(event.target.value)}
        className="w-56 max-md:w-full"
      />
      {list?.newSince && (
        <ToggleChip pressed={onlyNew} disabled={news === 0 && !onlyNew} onClick={() => onOnlyNew(!onlyNew)}>
          New
          <span className="font-normal text-text-3">{formatCount(news)}</span>
        </ToggleChip>
      )}
      {list?.newSince && <NewSince workspace={workspace} since={list.newSince} />}
      <span className="ml-auto whitespace-nowrap text-text-3 max-md:ml-0">
        {list && formatPlural(list.patterns.length, "pattern")}
        {list && list.other > 0 && list.patterns.length >= 200 && " listed"}
      </span>
    </div>
  );
}

function NewSince({ workspace, since }: { workspace: string; since: NonNullable<PatternList["newSince"]> }) {
  if (since.kind === "part") {
    return <span className="text-text-3">first seen in the last {since.percent}% of the rows</span>;
  }
  return (
    <span className="text-text-3">
      not in the log of this task in{" "}
      <Link
        href={`/w/${workspace}/logs/${encodeURIComponent(since.episodeId)}?view=patterns`}
        className="text-accent-text hover:underline"
      >
        the run before
      </Link>
    </span>
  );
}
