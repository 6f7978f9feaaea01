"use client";

import { Button } from "@/components/ui/button";
import type { SavedView } from "@/lib/saved-views/schema";
import { useAct } from "./use-act";
import { useForgetViews, useViewsPage } from "./views-context";

interface ChangedViewProps {
  view: SavedView;
  onDone: () => void;
}

/** The page shows something else by now than the view it began with. */
export function ChangedView({ view, onDone }: ChangedViewProps) {
  const { workspace, now, actions, open } = useViewsPage();
  const forgetViews = useForgetViews();
  const { act, pending, failure } = useAct(workspace);
  return (
    <div className="border-line border-b bg-hover px-3 py-2">
      <p className="text-12 text-text-2">
        This page differs from <b className="font-medium text-text">{view.name}</b>.
      </p>
      <div className="mt-1.5 flex gap-1.5">
        {view.mayChange && (
          <Button
            size="sm"
            disabled={pending}
            onClick={() =>
              act(actions.update, { viewId: view.id, params: now }, () => {
                forgetViews();
                onDone();
              })
            }
          >
            {view.shared ? "Update for everybody" : "Update"}
          </Button>
        )}
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            open(view);
            onDone();
          }}
        >
          Back to the saved
        </Button>
      </div>
      {failure && (
        <p role="alert" className="mt-1 text-12 text-fail-text">
          {failure.message}
        </p>
      )}
    </div>
  );
}
