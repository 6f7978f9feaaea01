"use client";

import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { SavedView } from "@/lib/saved-views/schema";
import { ChangedView } from "./changed-view";
import { SaveViewForm } from "./save-view-form";
import { ViewRow } from "./view-row";
import { useViews, useViewsPage } from "./views-context";

interface ViewsPanelProps {
  onClose: () => void;
}

/** The views of a page: to open, to change, and the page as one more. */
export function ViewsPanel({ onClose }: ViewsPanelProps) {
  const { keeps } = useViewsPage();
  const { data, error, refetch, isFetching, current, changed } = useViews(true);
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
  const mayShare = data?.mayShare ?? false;
  const group = { current, mayShare, onOpened: onClose };
  return (
    <>
      {current && changed && <ChangedView view={current} onDone={onClose} />}
      <div className="max-h-80 overflow-auto p-1">
        {!data && <Waiting />}
        {data && own.length + others.length === 0 && (
          <p className="px-2 py-2 text-12 text-text-2">
            Nothing saved yet. A view keeps {keeps} of this page under a name; what rows it shows is found
            anew each time it is opened.
          </p>
        )}
        <Group title="Yours" views={own} {...group} />
        <Group title="Shared by others" views={others} {...group} />
      </div>
      <SaveViewForm mayShare={mayShare} />
    </>
  );
}

interface GroupProps {
  title: string;
  views: readonly SavedView[];
  current: SavedView | undefined;
  mayShare: boolean;
  onOpened: () => void;
}

function Group({ title, views, current, ...row }: GroupProps) {
  if (views.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="eyebrow px-2 pt-2 pb-1">{title}</h3>
      <ul>
        {views.map((view) => (
          <ViewRow key={view.id} view={view} isCurrent={view.id === current?.id} {...row} />
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
