"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { SavedView } from "@/lib/saved-views/schema";
import { Tick } from "./tick";
import { useAct } from "./use-act";
import { useForgetViews, useViewsPage } from "./views-context";

interface EditViewProps {
  view: SavedView;
  /** The reader may show views to everybody here. */
  mayShare: boolean;
  onDone: () => void;
}

/** A view's name and readers, and its end. It stands where its row was. */
export function EditView({ view, mayShare, onDone }: EditViewProps) {
  const { workspace, saved, setSaved, actions } = useViewsPage();
  const forgetViews = useForgetViews();
  const { act, pending, failure } = useAct(workspace);
  const [name, setName] = useState(view.name);
  const [shared, setShared] = useState(view.shared);
  const [deleting, setDeleting] = useState(false);
  const done = () => {
    forgetViews();
    onDone();
  };
  return (
    <li className="rounded-2 bg-hover p-2">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const readers: Record<string, string> = shared ? { shared: "on" } : {};
          act(actions.edit, { viewId: view.id, name, ...readers }, done);
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
              act(actions.remove, { viewId: view.id }, () => {
                if (saved === view.id) setSaved(null);
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
