"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ActForm, Note } from "@/components/archive/acts/act-form";
import { FactSkeleton } from "@/components/archive/acts/fact-list";
import { Field } from "@/components/ui/field";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { setRetentionAction } from "@/lib/archive/actions";
import { retentionPreviewOptions } from "@/lib/archive/acts/query-options";
import type { RetentionState } from "@/lib/archive/retention/policy";
import { formatPlural } from "@/lib/format";
import { RetentionPreview } from "./retention-preview";

type Kind = "ever" | "days";

const kinds: readonly { value: Kind; label: string }[] = [
  { value: "ever", label: "For ever" },
  { value: "days", label: "For some days" },
];

/** How long archived logs are kept. What it would delete stands there before it can be saved. */
export function RetentionForm({ workspace, state }: { workspace: string; state: RetentionState }) {
  const [seen] = useState(state);
  const [kind, setKind] = useState<Kind>(seen.policy ? "days" : "ever");
  const [days, setDays] = useState(String(seen.policy?.days ?? 180));
  const [undoHours, setUndoHours] = useState(String(seen.policy?.undoHours ?? 24));
  const wanted = kind === "ever" ? null : wholeNumber(days, 36_500);
  const hours = wholeNumber(undoHours, 720);
  const valid = kind === "ever" || (wanted !== null && hours !== null);
  const { data, error } = useQuery({ ...retentionPreviewOptions(workspace, wanted), enabled: valid });
  const marks = data ? data.chunks - data.markedAlready : 0;
  return (
    <ActForm
      workspace={workspace}
      action={setRetentionAction}
      hidden={{ seen: seen.updatedAt ?? "", ...(kind === "ever" && { days: "" }) }}
      submit={submitWords(wanted, marks)}
      pending={{ label: "Saving" }}
      danger={marks > 0}
      blocked={!valid || !data}
    >
      {(failure) => (
        <>
          <ToggleGroup label="Archived logs are kept" value={kind} options={kinds} onValueChange={setKind} />
          {kind === "days" && (
            <div className="mt-3 grid grid-cols-2 gap-4 max-sm:grid-cols-1">
              <Field
                name="days"
                label="Days, from when a chunk was archived"
                inputMode="numeric"
                value={days}
                onChange={(event) => setDays(event.target.value)}
                error={failure?.fields?.days ?? (wanted === null ? "From 1 to 36,500." : undefined)}
              />
              <Field
                name="undoHours"
                label="Hours to undo it"
                inputMode="numeric"
                value={undoHours}
                onChange={(event) => setUndoHours(event.target.value)}
                error={failure?.fields?.undoHours ?? (hours === null ? "From 1 to 720." : undefined)}
              />
            </div>
          )}
          <div className="mt-3">
            {error ? (
              <Note tone="fail">{error.message}</Note>
            ) : data && valid ? (
              <RetentionPreview preview={data} undoHours={hours ?? 0} />
            ) : (
              <FactSkeleton lines={3} />
            )}
          </div>
          <Note>
            A marked chunk is read like any other until it goes. Then its rows stand in the log as an expired
            range, with their numbers. A hold keeps its chunks whatever is set here.
          </Note>
        </>
      )}
    </ActForm>
  );
}

function submitWords(days: number | null, marks: number): string {
  const keep = days === null ? "Keep for ever" : `Keep ${formatPlural(days, "day")}`;
  return marks > 0 ? `${keep}, mark ${formatPlural(marks, "chunk")}` : keep;
}

/** Null for anything that is no whole number from 1 to `most`. */
function wholeNumber(text: string, most: number): number | null {
  const digits = text.trim().replaceAll(",", "");
  const number = /^\d{1,6}$/.test(digits) ? Number(digits) : 0;
  return number >= 1 && number <= most ? number : null;
}
