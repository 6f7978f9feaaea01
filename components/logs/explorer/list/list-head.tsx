"use client";

import { WrapText } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import { clockName } from "@/lib/logs/view/row-time";
import { rowColumns } from "../log-row";
import { BookmarksMenu } from "../marks/bookmarks-menu";
import type { Explorer } from "../use-explorer";
import { ColumnsMenu } from "./columns-menu";
import { rowGrid } from "./row-grid";

/** Names the columns and says how times are written; how rows look is chosen here, beside them. */
export function ListHead({ explorer }: { explorer: Explorer }) {
  const { params, episode, list } = explorer;
  const { frame, columns } = list;
  return (
    <div
      style={rowGrid(episode, columns, frame)}
      className={cn(
        "relative h-6.5 shrink-0 items-center border-line border-b bg-surface text-11 text-text-3",
        rowColumns,
      )}
    >
      <span className="text-right max-md:hidden">row</span>
      <span className="flex min-w-0 pl-2 max-md:pl-1">
        <Tooltip text="Write times otherwise: UTC, local, since the first row, since the row above (t)">
          <button
            type="button"
            aria-label={`Times ${clockName[params.clock]}, write them otherwise`}
            onClick={list.cycleClock}
            className="h-5 truncate rounded-1 px-1.5 hover:bg-hover hover:text-text"
          >
            {clockWord(params.clock, frame.zone)}
          </button>
        </Tooltip>
      </span>
      {columns.map((name) => (
        <span key={name} className="truncate pr-2 pl-1 max-md:hidden">
          {name}
        </span>
      ))}
      <span className="flex min-w-0 items-center">
        <span className="grow truncate">message</span>
        <span className="flex shrink-0 items-center pr-1">
          <BookmarksMenu explorer={explorer} />
          <ColumnsMenu explorer={explorer} />
          <Tooltip text="Three lines for each row (x)">
            <Button
              variant="ghost"
              size="icon"
              aria-label="Wrap messages"
              aria-pressed={params.wrap}
              className={cn("size-6", params.wrap && "bg-active text-text")}
              onClick={() => params.set({ wrap: params.wrap ? null : true })}
            >
              <WrapText size={13} aria-hidden="true" />
            </Button>
          </Tooltip>
        </span>
      </span>
    </div>
  );
}

function clockWord(clock: Explorer["params"]["clock"], zone: string): string {
  if (clock === "utc") return "time, UTC";
  if (clock === "local") return `time, ${zone.split("/").at(-1)?.replaceAll("_", " ")}`;
  return clock === "start" ? "since first row" : "since row above";
}
