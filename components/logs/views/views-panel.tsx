"use client";

import { useQuery } from "@tanstack/react-query";
import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import { viewsOptions } from "@/lib/logs/views/query-options";
import type { SavedView } from "@/lib/logs/views/schema";
import { useExplorerContext } from "../explorer/explorer-context";
import { ChangedView } from "./changed-view";
import { SaveViewForm } from "./save-view-form";
import { ViewRow } from "./view-row";

interface ViewsPanelProps {
  /** The look one has now. */
  now: string;
  current: SavedView | undefined;
  changed: boolean;
  onClose: () => void;
}

export function ViewsPanel({ now, current, changed, onClose }: ViewsPanelProps) {
  const { address } = useExplorerContext();
  const { data, error, refetch, isFetching } = useQuery(viewsOptions(address, true));
  if (error && !data) {
    return (
      <FailedState
        title="Views cannot be read"
        onRetry={() => void refetch()}
        retrying={isFetching}
        className="px-4 py-4"
      >
        <p>{error.message} The rows are not affected.</p>
      </FailedState>
    );
  }
  const own = data?.views.filter((view) => view.own) ?? [];
  const others = data?.views.filter((view) => !view.own) ?? [];
  return (
    <>
      {current && changed && <ChangedView view={current} now={now} onDone={onClose} />}
      <div className="max-h-80 overflow-auto p-1">
        {!data && <Waiting />}
        {data && own.length + others.length === 0 && (
          <p className="px-2 py-2 text-12 text-text-2">
            Nothing saved yet. A view keeps the query, columns and clock of this page under a name; what rows
            it shows is found anew each time it is opened.
          </p>
        )}
        <Group title="Yours" views={own} current={current} onOpened={onClose} />
        <Group title="Shared by others" views={others} current={current} onOpened={onClose} />
      </div>
      <SaveViewForm now={now} mayShare={data?.mayShare ?? false} />
    </>
  );
}

interface GroupProps {
  title: string;
  views: readonly SavedView[];
  current: SavedView | undefined;
  onOpened: () => void;
}

function Group({ title, views, current, onOpened }: GroupProps) {
  if (views.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="eyebrow px-2 pt-2 pb-1">{title}</h3>
      <ul>
        {views.map((view) => (
          <ViewRow key={view.id} view={view} isCurrent={view.id === current?.id} onOpened={onOpened} />
        ))}
      </ul>
    </section>
  );
}

function Waiting() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4 px-2 py-3">
      <Skeleton className="w-40" />
      <Skeleton className="w-56" />
    </div>
  );
}
