"use client";

import { ChevronRight, Download } from "lucide-react";
import { Fragment } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatBytes } from "@/lib/format";
import type { ArtifactRow } from "@/lib/runs/artifact-schema";
import { artifactFileHref } from "@/lib/runs/page-query-options";
import { shortTaskName } from "@/lib/runs/task-name";
import { useRunPage } from "../run-page-context";
import { ArtifactPreview } from "./artifact-preview";

interface ArtifactTableProps {
  artifacts: readonly Pick<ArtifactRow, "id" | "title" | "type" | "sizeBytes" | "taskId">[];
  openId: string | null;
  onOpen: (id: string | null) => void;
  /** Of which task each is; not needed under the task itself. */
  withTask?: boolean;
}

/** A press on a title unfolds what is in it; the file itself is one press away. */
export function ArtifactTable({ artifacts, openId, onOpen, withTask = false }: ArtifactTableProps) {
  return (
    <table className="w-full table-fixed">
      <thead>
        <tr className="h-7 border-line border-b text-left [&>th]:eyebrow">
          <th scope="col" className={cn(withTask && "pl-4")}>
            Title
          </th>
          <th scope="col" className="w-36 max-md:hidden">
            Type
          </th>
          {withTask && (
            <th scope="col" className="w-40 max-md:hidden">
              Task
            </th>
          )}
          <th scope="col" className="w-20 text-right!">
            Size
          </th>
          <th scope="col" className={cn("w-12", withTask && "w-14 pr-4")}>
            <span className="sr-only">Download</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {artifacts.map((artifact) => {
          const open = artifact.id === openId;
          return (
            <Fragment key={artifact.id}>
              <ArtifactLine artifact={artifact} open={open} onOpen={onOpen} withTask={withTask} />
              {open && (
                <tr className="border-line border-b bg-canvas">
                  <td colSpan={withTask ? 5 : 4} className="p-0">
                    <ArtifactPreview artifactId={artifact.id} title={artifact.title} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

interface ArtifactLineProps {
  artifact: ArtifactTableProps["artifacts"][number];
  open: boolean;
  onOpen: (id: string | null) => void;
  withTask: boolean;
}

function ArtifactLine({ artifact, open, onOpen, withTask }: ArtifactLineProps) {
  const { workspace, run, tasks, select } = useRunPage();
  const { id, title, type, sizeBytes, taskId } = artifact;
  const task = withTask && taskId !== null ? tasks.find((each) => each.id === taskId) : undefined;
  return (
    <tr
      className={cn("relative h-9 border-line border-b max-md:h-11", open ? "bg-canvas" : "hover:bg-hover")}
    >
      <td className={cn("pr-3", withTask && "pl-4")}>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => onOpen(open ? null : id)}
          className="flex w-full min-w-0 items-center gap-1.5 text-left after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-(--focus-in)"
        >
          <ChevronRight
            size={13}
            aria-hidden="true"
            className={cn("shrink-0 text-text-3 transition-transform", open && "rotate-90")}
          />
          <span className="min-w-0 truncate font-medium">{title}</span>
        </button>
      </td>
      <td className="truncate pr-3 text-text-2 max-md:hidden">{type}</td>
      {withTask && (
        <td className="pr-3 max-md:hidden">
          {task ? (
            <button
              type="button"
              onClick={() => select(task.id, "pick")}
              className="mono relative z-1 block max-w-full truncate rounded-1 text-left hover:underline"
            >
              {shortTaskName(task.name, task.nodeId)}
            </button>
          ) : (
            <span className="text-text-3">the run</span>
          )}
        </td>
      )}
      <td className="whitespace-nowrap text-right">{formatBytes(sizeBytes)}</td>
      <td className={cn("text-right", withTask && "pr-4")}>
        <Button variant="ghost" size="icon" asChild className="relative z-1">
          <a href={artifactFileHref(workspace, run.id, id)} download aria-label={`Download ${title}`}>
            <Download size={14} aria-hidden="true" />
          </a>
        </Button>
      </td>
    </tr>
  );
}
