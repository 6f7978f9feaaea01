"use client";

import { useQuery } from "@tanstack/react-query";
import { NavBadge } from "@/components/shell/nav-badge";
import { formatClock, formatPlural } from "@/lib/format";
import { attentionOptions } from "@/lib/runs/attention-options";

interface AttentionBadgeProps {
  workspace: string;
  of: "runs" | "archive";
}

/**
 * A count at most a minute old; when it cannot be read there is no badge rather than an old one. Each badge reads it by itself:
 * from a context around the page, its arrival would make a page that is still coming alive do so in one piece, which nothing
 * can interrupt.
 */
export function AttentionBadge({ workspace, of }: AttentionBadgeProps) {
  const { data, isError } = useQuery(attentionOptions(workspace));
  if (!data || isError || data[of] === 0) return null;
  const text = of === "runs" ? `${data.runs} failed` : formatPlural(data.archive, "problem");
  return <NavBadge text={text} title={`as of ${formatClock(data.asOf)} UTC`} />;
}
