"use client";

import type { CSSProperties } from "react";
import { cn } from "@/components/ui/cn";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatClockMs, formatDate, formatInstant } from "@/lib/format";
import { eventWords } from "@/lib/runs/event-words";
import type { RunEvent } from "@/lib/runs/events";
import { taskNameParts } from "@/lib/runs/task-name";
import { useRunPage } from "../run-page-context";
import { TaskName } from "../task-name";

interface EventRowProps {
  event: RunEvent;
  position: number;
  count: number;
  /** The moment of the event before it: a day that begins is written out. */
  previousAt: string | null;
  style: CSSProperties;
}

/** When, what, and to which task; the task is a way to it. */
export function EventRow({ event, position, count, previousAt, style }: EventRowProps) {
  const { taskByNode, selected, select } = useRunPage();
  const task = "nodeId" in event ? taskByNode.get(event.nodeId) : undefined;
  const { text, note, tone, shape } = eventWords(event);
  const newDay = previousAt === null || formatDate(previousAt) !== formatDate(event.at);
  return (
    <li
      aria-posinset={position}
      aria-setsize={count}
      style={style}
      className={cn(
        "absolute inset-x-0 top-0 flex items-center gap-2.5 px-4 hover:bg-hover",
        task !== undefined && task.id === selected?.id && "bg-accent-tint",
      )}
    >
      <time
        dateTime={event.at}
        title={formatInstant(event.at)}
        className="mono w-24 shrink-0 whitespace-nowrap text-text-3 tracking-[-0.015em]"
      >
        {newDay && position > 1 ? formatDate(event.at) : formatClockMs(event.at)}
      </time>
      <StatusGlyph tone={tone} shape={shape} />
      {task && (
        <button
          type="button"
          onClick={() => select(task.id, "pick")}
          className="w-44 shrink-0 rounded-1 text-left hover:underline max-md:w-28"
        >
          <TaskName {...taskNameParts(task.name, task.nodeId)} />
        </button>
      )}
      <p className="min-w-0 truncate">
        <span className={tone === "fail" ? "font-medium text-fail-text" : "font-medium"}>{text}</span>
        {note && <span className="text-text-2"> {note}</span>}
      </p>
    </li>
  );
}
