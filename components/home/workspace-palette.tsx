"use client";

import { useQuery } from "@tanstack/react-query";
import { Layers2 } from "lucide-react";
import { CommandPalette, type PaletteGroup } from "@/components/shell/command-palette";
import { placesFor } from "@/components/shell/places";
import { useShell } from "@/components/shell/shell-context";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatRelative, shortenId } from "@/lib/format";
import { recentRunsOptions } from "@/lib/runs/run-list-options";
import type { RunPage, RunRow } from "@/lib/runs/schema";
import { runStatus } from "@/lib/runs/status";

/** What Ctrl K finds in a workspace: its pages, the runs of late, and the person's other workspaces. */
export function WorkspacePalette() {
  const shell = useShell();
  const { workspace, workspaces, overlay } = shell;
  const slug = workspace?.slug ?? "";
  const runs = useQuery({ ...recentRunsOptions(slug), enabled: overlay === "palette" && workspace !== null });
  const groups: PaletteGroup[] = [
    {
      title: "Go to",
      items: placesFor(shell).map((place) => ({
        id: `place-${place.key}`,
        label: place.name,
        hint: `g ${place.key}`,
        icon: <place.icon size={14} aria-hidden="true" />,
        href: place.href,
      })),
    },
    { title: "Recent runs", items: runs.data ? runItems(slug, runs.data) : [] },
    {
      title: "Workspaces",
      items: workspaces
        .filter((other) => other.slug !== slug)
        .map((other) => ({
          id: `workspace-${other.slug}`,
          label: other.name,
          hint: other.role,
          icon: <Layers2 size={14} aria-hidden="true" />,
          href: `/w/${other.slug}`,
        })),
    },
  ];
  return (
    <CommandPalette
      groups={groups}
      pending={runs.isPending && runs.isFetching ? "Reading recent runs" : null}
      problem={runs.isError ? "Recent runs cannot be read now." : null}
    />
  );
}

function runItems(slug: string, page: RunPage): PaletteGroup["items"] {
  return page.runs.map((run) => {
    const status = runStatus[run.status];
    return {
      id: `run-${run.id}`,
      label: `${run.workflowName} v${run.versionNumber}`,
      detail: shortenId(run.id, 8, 4),
      match: run.id,
      hint: whenOf(run),
      icon: <StatusGlyph tone={status.tone} shape={status.shape} />,
      href: `/w/${slug}/runs/${encodeURIComponent(run.id)}`,
    };
  });
}

/** "failed 2 h ago", "running, started 5 min ago", "queued 10 s ago". */
function whenOf(run: RunRow): string {
  const label = runStatus[run.status].label.toLowerCase();
  if (runStatus[run.status].final) return `${label} ${formatRelative(run.finishedAt ?? run.createdAt)}`;
  return run.startedAt
    ? `${label}, started ${formatRelative(run.startedAt)}`
    : `${label} ${formatRelative(run.createdAt)}`;
}
