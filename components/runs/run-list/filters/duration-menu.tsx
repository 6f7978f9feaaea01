"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { agoOf } from "@/lib/logs/explorer-query";
import { durationText } from "@/lib/runs/search-params";

interface DurationMenuProps {
  longer: number | null;
  shorter: number | null;
  onChange: (range: { longer: number | null; shorter: number | null }) => void;
}

/** How long runs took, written as `90s`, `5m`, `2h`. */
export function DurationMenu({ longer, shorter, onChange }: DurationMenuProps) {
  const [wrong, setWrong] = useState<Record<string, string>>({});
  return (
    <form
      aria-label="Duration"
      className="flex flex-col gap-2 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const [from, to] = [lengthOf(form.get("longer")), lengthOf(form.get("shorter"))];
        if (from === undefined) return setWrong({ longer: notUnderstood });
        if (to === undefined) return setWrong({ shorter: notUnderstood });
        if (from !== null && to !== null && from >= to) return setWrong({ shorter: "No run can be both." });
        onChange({ longer: from, shorter: to });
      }}
    >
      <Field
        autoFocus
        name="longer"
        label="At least"
        placeholder="5m"
        autoComplete="off"
        defaultValue={longer === null ? "" : durationText(longer)}
        error={wrong.longer}
      />
      <Field
        name="shorter"
        label="Less than"
        placeholder="2h"
        autoComplete="off"
        defaultValue={shorter === null ? "" : durationText(shorter)}
        error={wrong.shorter}
      />
      <p className="text-12 text-text-3">
        Like 90s, 5m, 2h. Runs that are not over have no duration yet and are left out.
      </p>
      <Button type="submit">Filter by duration</Button>
    </form>
  );
}

const notUnderstood = "A number and s, m, h or d: 90s, 5m, 2h.";

/** Milliseconds; null for an empty field, undefined for what is no length of time. */
function lengthOf(value: FormDataEntryValue | null): number | null | undefined {
  const text = String(value ?? "").replaceAll(/\s/g, "");
  if (text === "") return null;
  return agoOf(`-${text}`) ?? undefined;
}
