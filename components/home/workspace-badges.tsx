"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { NavBadges } from "@/components/shell/nav-badges";
import { formatClock, formatPlural } from "@/lib/format";
import { attentionOptions } from "@/lib/runs/attention-options";

interface WorkspaceBadgesProps {
  workspace: string;
  children: ReactNode;
}

/** Counts at most a minute old; when they cannot be read there is no badge rather than an old one. */
export function WorkspaceBadges({ workspace, children }: WorkspaceBadgesProps) {
  const { data, isError } = useQuery(attentionOptions(workspace));
  const title = data && `as of ${formatClock(data.asOf)} UTC`;
  const badge = (count: number, text: string) => (count > 0 && title ? { text, title } : undefined);
  const badges =
    data && !isError
      ? {
          "/runs": badge(data.runs, `${data.runs} failed`),
          "/archive": badge(data.archive, formatPlural(data.archive, "problem")),
        }
      : {};
  return <NavBadges value={badges}>{children}</NavBadges>;
}
