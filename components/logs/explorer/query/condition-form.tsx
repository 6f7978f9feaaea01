"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type MetadataCondition, metadataOps } from "@/lib/logs/search/query";
import { conditionOf, conditionText } from "@/lib/logs/view/search-condition";
import { opWords, withCondition } from "@/lib/logs/view/search-parts";
import { useExplorerContext } from "../explorer-context";

interface ConditionFormProps {
  /** As it stands in the URL. */
  text: string;
  /** Null when the URL has something there that is no condition. */
  condition: MetadataCondition | null;
  onDone: () => void;
}

/** A condition on one field of the metadata. */
export function ConditionForm({ text, condition, onDone }: ConditionFormProps) {
  const { params } = useExplorerContext();
  const id = useId();
  const [draft, setDraft] = useState<MetadataCondition>(condition ?? { path: "", op: "eq", value: "" });
  const [wrong, setWrong] = useState<string | null>(null);
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const value = draft.op === "exists" ? "" : draft.value;
        const wanted = { ...draft, value };
        if (draft.path === "" || !conditionOf(conditionText(wanted))) {
          return setWrong("A field looks like user.id or steps[0].name.");
        }
        params.set({ meta: withCondition(params.meta, wanted, text) });
        onDone();
      }}
    >
      <label htmlFor={`${id}-path`} className="-mb-1 text-12 text-text-2">
        Field
      </label>
      <Input
        id={`${id}-path`}
        className="mono"
        value={draft.path}
        maxLength={300}
        aria-invalid={wrong !== null}
        aria-describedby="condition-error"
        onChange={(event) => setDraft({ ...draft, path: event.target.value })}
      />
      <Select
        label="Comparison"
        value={draft.op}
        options={metadataOps.map((op) => ({ value: op, label: opWords[op] }))}
        onValueChange={(op) => setDraft({ ...draft, op })}
        className="h-7 max-md:h-9"
      />
      {draft.op !== "exists" && (
        <>
          <label htmlFor={`${id}-value`} className="-mb-1 text-12 text-text-2">
            Value
          </label>
          <Input
            id={`${id}-value`}
            className="mono"
            value={draft.value}
            maxLength={1000}
            onChange={(event) => setDraft({ ...draft, value: event.target.value })}
          />
        </>
      )}
      <div className="flex items-center gap-2">
        <span id="condition-error" role="status" className="grow text-12 text-fail-text">
          {wrong}
        </span>
        <Button type="submit">Apply</Button>
      </div>
    </form>
  );
}
