"use client";

import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount } from "@/lib/format";
import type { ControlPreview } from "@/lib/runs/control-preview-schema";
import { taskStatus } from "@/lib/runs/status";
import { shortTaskName } from "@/lib/runs/task-name";

/** Names drawn at most; the rest is counted. */
const listed = 200;

/** Every task that an act touches, by name; those that a person chose stand out. */
export function AffectedTasks({
  preview: { tasks, total },
  label,
}: {
  preview: ControlPreview;
  label: string;
}) {
  const shown = tasks.slice(0, listed);
  return (
    <ul
      aria-label={label}
      className="max-h-36 overflow-y-auto overscroll-contain border-line border-b py-1.5"
    >
      {shown.map(({ id, nodeId, name, status, chosen }) => {
        const { tone, shape, label: word } = taskStatus[status];
        return (
          <li key={id} className="flex h-6 items-center gap-2">
            <StatusGlyph tone={tone} shape={shape} />
            <span className={chosen ? "mono truncate font-semibold" : "mono truncate"}>
              {shortTaskName(name, nodeId)}
            </span>
            <span className="ml-auto shrink-0 pr-1 text-12 text-text-3">
              {chosen ? "chosen, " : ""}
              {word.toLowerCase()}
            </span>
          </li>
        );
      })}
      {total > shown.length && (
        <li className="h-6 text-text-3">and {formatCount(total - shown.length)} more</li>
      )}
    </ul>
  );
}
