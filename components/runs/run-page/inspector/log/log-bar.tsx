"use client";

import { Download, Search, WrapText } from "lucide-react";
import { debounce, useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { Tooltip } from "@/components/ui/tooltip";
import type { Execution } from "@/lib/runs/executions";
import { logStreams, runPageParams } from "@/lib/runs/run-page-params";
import { taskStatus } from "@/lib/runs/status";
import { useRunPage } from "../../run-page-context";

const streams = logStreams.map((value) => ({ value, label: value === "all" ? "All" : value }));

/** Which rows of which attempt, and how they are drawn. */
export function LogBar({
  executions,
  execution,
}: {
  executions: readonly Execution[];
  execution: Execution;
}) {
  const { workspace } = useRunPage();
  const [{ stream, find, wrap }, setParams] = useQueryStates(runPageParams);
  const { logRef } = execution;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-4 py-1.5">
      {executions.length > 1 && (
        <Select
          label="Attempt"
          value={String(execution.number)}
          options={executions.map(({ number, status }) => ({
            value: String(number),
            label: `Attempt ${number}, ${taskStatus[status].label.toLowerCase()}`,
          }))}
          onValueChange={(value) => setParams({ attempt: Number(value), line: null }, { history: "push" })}
          className="h-7 w-36 max-md:h-9"
        />
      )}
      <ToggleGroup
        label="Stream"
        value={stream}
        options={streams}
        onValueChange={(value) => setParams({ stream: value, line: null })}
      />
      <span className="relative min-w-24 grow basis-24">
        <Search
          size={13}
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-text-3"
        />
        <Input
          type="search"
          aria-label="Find in this log"
          placeholder="Find"
          defaultValue={find}
          onChange={(event) =>
            setParams(
              { find: event.target.value || null, line: null },
              { limitUrlUpdates: debounce(300), history: "replace" },
            )
          }
          className="h-7 w-full pl-7 max-md:h-9"
        />
      </span>
      <span className="flex items-center">
        <Tooltip text="Break long lines">
          <Button
            variant="ghost"
            size="icon"
            aria-label="Break long lines"
            aria-pressed={wrap}
            onClick={() => setParams({ wrap: !wrap })}
            className="aria-pressed:bg-active aria-pressed:text-text"
          >
            <WrapText size={14} aria-hidden="true" />
          </Button>
        </Tooltip>
        {logRef && (
          <Tooltip text="Download this log">
            <Button variant="ghost" size="icon" asChild>
              <a
                href={`/api/w/${workspace}/logs/${encodeURIComponent(logRef)}/export?format=jsonl`}
                download
                aria-label="Download this log"
              >
                <Download size={14} aria-hidden="true" />
              </a>
            </Button>
          </Tooltip>
        )}
      </span>
    </div>
  );
}
