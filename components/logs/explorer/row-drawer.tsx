"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FailedState } from "@/components/ui/failed-state";
import { PaneEdge } from "@/components/ui/pane-edge";
import { StatusBadge } from "@/components/ui/status-badge";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { formatCount } from "@/lib/format";
import { type EntryOrGap, entryOptions } from "@/lib/logs/query-options";
import { FetchFailure } from "@/lib/query/fetch-json";
import { levelTone } from "../level-style";
import { ContextTab } from "./drawer/context-tab";
import { CopyRowMenu } from "./drawer/copy-row-menu";
import { LoadingDetails } from "./drawer/loading-details";
import { RawTab } from "./drawer/raw-tab";
import { EntryDetails } from "./entry-details";
import { GapDetails } from "./gap-details";
import { LinkButton } from "./link-button";
import type { Explorer } from "./use-explorer";

interface RowDrawerProps {
  explorer: Explorer;
  seq: string;
}

type Tab = "fields" | "context" | "raw";

/** The whole of the selected row, beside the list (a sheet under it on a phone); never over it. */
export function RowDrawer({ explorer, seq }: RowDrawerProps) {
  const read = useQuery(entryOptions(explorer.address, seq));
  const [tab, setTab] = useState<Tab>("fields");
  const { params, step } = explorer;
  return (
    <aside
      aria-label={`Row ${formatCount(seq)}`}
      className="relative flex h-full min-h-0 flex-col max-md:rounded-t-3 max-md:bg-raised"
    >
      <PaneEdge
        label="Width of the details"
        value={explorer.drawer.width}
        least={explorer.drawer.narrowest}
        most={explorer.drawer.widest}
        onResize={explorer.drawer.resizeTo}
        onStep={explorer.drawer.resizeBy}
      />
      <header className="flex h-8 shrink-0 items-center gap-2 border-line border-b pr-2 pl-4 max-md:h-10">
        <Head entry={read.data} />
        <span className="mono text-text-2">{formatCount(seq)}</span>
        <span className="ml-auto flex items-center">
          <CopyRowMenu seq={Number(seq)} explorer={explorer} />
          <LinkButton href={explorer.linkTo(seq)} label="Copy link to this row" />
          <Button variant="ghost" size="icon" aria-label="Previous row" onClick={() => step(-1)}>
            <ChevronUp size={14} aria-hidden="true" />
          </Button>
          <Button variant="ghost" size="icon" aria-label="Next row" onClick={() => step(1)}>
            <ChevronDown size={14} aria-hidden="true" />
          </Button>
          <Button variant="ghost" size="icon" aria-label="Close details" onClick={() => params.select(null)}>
            <X size={14} aria-hidden="true" />
          </Button>
        </span>
      </header>
      <div className="min-h-0 grow overflow-y-auto px-4 py-3">
        <div className="flex items-center justify-between gap-2">
          <ToggleGroup<Tab>
            label="How the row is shown"
            value={tab}
            onValueChange={setTab}
            options={[
              { value: "fields", label: "Fields" },
              { value: "context", label: "Context" },
              { value: "raw", label: "Raw" },
            ]}
          />
          {params.asked.filtered && (
            <Button size="sm" onClick={explorer.toggleContext}>
              {params.context ? "Back to the filter" : "Show in context"}
            </Button>
          )}
        </div>
        {tab === "context" ? (
          <ContextTab seq={seq} explorer={explorer} />
        ) : (
          <Whole {...{ explorer, read, tab }} />
        )}
      </div>
    </aside>
  );
}

interface EntryRead {
  data: EntryOrGap | undefined;
  error: Error | null;
  isFetching: boolean;
  refetch: () => void;
}

function Whole({ explorer, read, tab }: { explorer: Explorer; read: EntryRead; tab: Tab }) {
  if (read.data) {
    if ("kind" in read.data) return <GapDetails gap={read.data} address={explorer.address} />;
    if (tab === "raw") return <RawTab entry={read.data} />;
    return <EntryDetails entry={read.data} explorer={explorer} />;
  }
  if (!read.error) return <LoadingDetails />;
  const failure = read.error instanceof FetchFailure ? read.error : null;
  const absent = failure?.status === 404;
  return (
    <FailedState
      className="px-0 py-3"
      title={absent ? "There is no such row" : "This row cannot be read"}
      requestId={failure?.requestId}
      onRetry={absent ? undefined : read.refetch}
      retrying={read.isFetching}
    >
      {absent
        ? `The episode has rows 0 to ${formatCount(Number(explorer.episode.nextSequenceNumber) - 1)}.`
        : read.error.message}
    </FailedState>
  );
}

function Head({ entry }: { entry: EntryOrGap | undefined }) {
  if (!entry) return <span className="font-medium text-text-2">Row</span>;
  if ("kind" in entry) return <StatusBadge status={{ label: "No row", tone: "off" }} />;
  const label = entry.level.slice(0, 1).toUpperCase() + entry.level.slice(1);
  return (
    <StatusBadge
      status={{
        label,
        tone: levelTone[entry.level],
        shape: levelTone[entry.level] === "off" ? "disc" : undefined,
      }}
    />
  );
}
