"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { saveViewAction } from "@/lib/logs/views/actions";
import { viewsKey } from "@/lib/logs/views/query-options";
import { useExplorerContext } from "../explorer/explorer-context";
import { Tick } from "./tick";
import { useAct } from "./use-act";

interface SaveViewFormProps {
  now: string;
  mayShare: boolean;
}

/** The look one has now, under a name. */
export function SaveViewForm({ now, mayShare }: SaveViewFormProps) {
  const { address, params } = useExplorerContext();
  const client = useQueryClient();
  const { act, pending, failure } = useAct(address.workspace);
  const [name, setName] = useState("");
  const [onlyHere, setOnlyHere] = useState(false);
  const [shared, setShared] = useState(false);
  const [said, setSaid] = useState("");
  return (
    <form
      className="border-line border-t p-3"
      onSubmit={(event) => {
        event.preventDefault();
        const ticked: Record<string, string> = {};
        if (onlyHere) ticked.onlyHere = "on";
        if (shared) ticked.shared = "on";
        act(saveViewAction, { name, params: now, episodeId: address.episodeId, ...ticked }, (id) => {
          setSaid(`Saved as ${name}.`);
          setName("");
          void client.invalidateQueries({ queryKey: viewsKey(address) });
          params.set({ saved: id });
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
      <Tick checked={onlyHere} onChange={setOnlyHere}>
        Only for this episode
      </Tick>
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
