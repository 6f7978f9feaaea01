"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { deleteViewAction, editViewAction } from "@/lib/logs/views/actions";
import { viewsKey, viewsOptions } from "@/lib/logs/views/query-options";
import type { SavedView } from "@/lib/logs/views/schema";
import { useExplorerContext } from "../explorer/explorer-context";
import { Tick } from "./tick";
import { useAct } from "./use-act";

interface EditViewProps {
  view: SavedView;
  onDone: () => void;
}

/** A view's name and readers, and its end. It stands where its row was. */
export function EditView({ view, onDone }: EditViewProps) {
  const { address, params } = useExplorerContext();
  const client = useQueryClient();
  const mayShare = client.getQueryData(viewsOptions(address, true).queryKey)?.mayShare ?? false;
  const { act, pending, failure } = useAct(address.workspace);
  const [name, setName] = useState(view.name);
  const [shared, setShared] = useState(view.shared);
  const [deleting, setDeleting] = useState(false);
  const done = () => {
    void client.invalidateQueries({ queryKey: viewsKey(address) });
    onDone();
  };
  return (
    <li className="rounded-2 bg-hover p-2">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const readers: Record<string, string> = shared ? { shared: "on" } : {};
          act(editViewAction, { viewId: view.id, name, ...readers }, done);
        }}
      >
        <Input
          autoFocus
          aria-label="Name of the view"
          value={name}
          maxLength={80}
          required
          onChange={(event) => setName(event.target.value)}
        />
        {(mayShare || view.shared) && (
          <Tick checked={shared} onChange={setShared}>
            Everybody in this workspace sees it
          </Tick>
        )}
        {failure && (
          <p role="alert" className="mt-1 text-12 text-fail-text">
            {failure.message}
          </p>
        )}
        <div className="mt-2 flex flex-wrap gap-1.5">
          <Button type="submit" size="sm" disabled={pending || name.trim() === ""}>
            Save changes
          </Button>
          <Button size="sm" variant="ghost" onClick={onDone}>
            Keep as is
          </Button>
          <Button
            size="sm"
            variant="danger"
            className="ml-auto"
            disabled={pending}
            onClick={() => {
              if (!deleting) return setDeleting(true);
              act(deleteViewAction, { viewId: view.id }, () => {
                if (params.saved === view.id) params.set({ saved: null });
                done();
              });
            }}
          >
            {deleting ? (view.shared ? "Delete for everybody" : "Yes, delete it") : "Delete"}
          </Button>
        </div>
      </form>
    </li>
  );
}
