"use client";

import { useQuery } from "@tanstack/react-query";
import { AsOf } from "@/components/ui/as-of";
import type { RunFilters } from "@/lib/runs/list/filters";
import { runListOptions } from "@/lib/runs/run-list-options";
import type { RunPage } from "@/lib/runs/schema";

interface RunListAsOfProps {
  workspace: string;
  filters: RunFilters;
  page: RunPage;
}

/** The age of the list; shares its query, so both tell the same time. */
export function RunListAsOf({ workspace, filters, page }: RunListAsOfProps) {
  const { data, isError } = useQuery({
    ...runListOptions(workspace, filters),
    initialData: page,
    initialDataUpdatedAt: Date.parse(page.asOf),
  });
  const newest = data.asOf > page.asOf ? data : page;
  return <AsOf at={newest.asOf} state={isError ? "stale" : "live"} />;
}
