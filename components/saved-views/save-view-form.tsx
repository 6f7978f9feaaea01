"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Tick } from "./tick";
import { useAct } from "./use-act";
import { useForgetViews, useViewsPage } from "./views-context";

interface SaveViewFormProps {
  /** The reader may show views to everybody here. */
  mayShare: boolean;
}

/** The look one has now, under a name. */
export function SaveViewForm({ mayShare }: SaveViewFormProps) {
  const { workspace, place, now, setSaved, actions } = useViewsPage();
  const forgetViews = useForgetViews();
  const { act, pending, failure } = useAct(workspace);
  const [name, setName] = useState("");
  const [onlyHere, setOnlyHere] = useState(false);
  const [shared, setShared] = useState(false);
  const [said, setSaid] = useState("");
  return (
    <form
      className="border-line border-t p-3"
      onSubmit={(event) => {
        event.preventDefault();
        const fields: Record<string, string> = { name, params: now };
        if (place.episodeId !== null) fields.episodeId = place.episodeId;
        if (onlyHere) fields.onlyHere = "on";
        if (shared) fields.shared = "on";
        act(actions.save, fields, (id) => {
          setSaid(`Saved as ${name}.`);
          setName("");
          forgetViews();
          setSaved(id);
        });
      }}
    >
      <div className="flex gap-1.5">
        <Input
          aria-label="Save this page as"
          placeholder="Save this page as"
          value={name}
          maxLength={80}
          onChange={(event) => {
            setName(event.target.value);
            setSaid("");
          }}
        />
        <Button type="submit" disabled={pending || name.trim() === ""}>
          {pending ? "Saving" : "Save view"}
        </Button>
      </div>
      {place.episodeId !== null && (
        <Tick checked={onlyHere} onChange={setOnlyHere}>
          Only for this episode
        </Tick>
      )}
      {mayShare && (
        <Tick checked={shared} onChange={setShared}>
          Everybody in this workspace sees it
        </Tick>
      )}
      <p role="status" className="text-12 text-text-3 empty:hidden">
        {said}
      </p>
      {failure && (
        <p role="alert" className="text-12 text-fail-text">
          {failure.fields?.name ?? failure.fields?.params ?? failure.message}
        </p>
      )}
    </form>
  );
}
