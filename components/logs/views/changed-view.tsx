"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { updateViewAction } from "@/lib/logs/views/actions";
import { viewsKey } from "@/lib/logs/views/query-options";
import type { SavedView } from "@/lib/logs/views/schema";
import { viewPatch } from "@/lib/logs/views/view-params";
import { useExplorerContext } from "../explorer/explorer-context";
import { useAct } from "./use-act";

interface ChangedViewProps {
  view: SavedView;
  now: string;
  onDone: () => void;
}

/** The page shows something else by now than the view it began with. */
export function ChangedView({ view, now, onDone }: ChangedViewProps) {
  const { address, params } = useExplorerContext();
  const client = useQueryClient();
  const { act, pending, failure } = useAct(address.workspace);
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
              act(updateViewAction, { viewId: view.id, params: now }, () => {
                void client.invalidateQueries({ queryKey: viewsKey(address) });
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
            params.set(viewPatch(view.params));
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
