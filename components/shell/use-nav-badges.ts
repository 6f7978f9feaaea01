"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { formatClock, formatPlural } from "@/lib/format";
import { attentionOptions } from "@/lib/runs/attention-options";
import type { WorkspacePath } from "./places";
import { useShell } from "./shell-context";

export interface NavBadge {
  /** "3 failed". */
  text: string;
  /** The age of the count. */
  title: string;
}

/**
 * Bad news per page: counts at most a minute old; when they cannot be read there is no badge rather than an old one. Read by
 * the links themselves: from a context around the page, their arrival would make a page that is still coming alive do so in
 * one piece that nothing can interrupt.
 */
export function useNavBadges(): Partial<Record<WorkspacePath, NavBadge>> {
  const { workspace } = useShell();
  const options = attentionOptions(workspace?.slug ?? "");
  const { data, isError } = useQuery({ ...options, queryFn: workspace ? options.queryFn : skipToken });
  if (!data || isError) return {};
  const title = `as of ${formatClock(data.asOf)} UTC`;
  const badge = (count: number, text: string) => (count > 0 ? { text, title } : undefined);
  return {
    "/runs": badge(data.runs, `${data.runs} failed`),
    "/archive": badge(data.archive, formatPlural(data.archive, "problem")),
  };
}
