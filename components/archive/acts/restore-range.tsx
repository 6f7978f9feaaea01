"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Select } from "@/components/ui/select";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { requestRestoreAction } from "@/lib/archive/actions";
import { actKeys, type RestoreWish } from "@/lib/archive/acts/query-options";
import type { RestorePreview } from "@/lib/archive/acts/schema";
import { formatPlural } from "@/lib/format";
import { ActDialog, type ActDialogProps, EpisodeId } from "./act-dialog";
import { ActForm } from "./act-form";
import { RestoreCost } from "./restore-cost";
import { hoursOptions, type RestoreHours } from "./restore-hours";
import { RangeFields, type RangeKind, type TypedRange, wishOf } from "./restore-range-fields";

export interface RestoreRangeProps extends ActDialogProps {
  workspace: string;
  episodeId: string;
  /** What the fields begin with: the chosen chunk, or all that is archived. */
  suggested: TypedRange;
}

/** Brings archived rows back to the live store for a while; what it costs is known before. */
export function RestoreRange({ workspace, episodeId, suggested, ...dialog }: RestoreRangeProps) {
  return (
    <ActDialog
      {...dialog}
      title={
        <>
          Restore rows of <EpisodeId>{episodeId}</EpisodeId>
        </>
      }
      description="A copy for a while: the archive keeps every row, and serves them again when the time is over."
    >
      <RestoreForm workspace={workspace} episodeId={episodeId} suggested={suggested} />
    </ActDialog>
  );
}

const kinds: readonly { value: RangeKind; label: string }[] = [
  { value: "rows", label: "By rows" },
  { value: "time", label: "By time" },
];

function RestoreForm({
  workspace,
  episodeId,
  suggested,
}: Pick<RestoreRangeProps, "workspace" | "episodeId" | "suggested">) {
  const client = useQueryClient();
  const place = { workspace, episodeId };
  const [kind, setKind] = useState<RangeKind>("rows");
  const [typed, setTyped] = useState(suggested);
  const [hours, setHours] = useState<RestoreHours>("24");
  // For which wish the figures on screen are: only what was seen is asked for.
  const [seen, setSeen] = useState<{ wish: RestoreWish; preview: RestorePreview } | null>(null);
  const wish = wishOf(kind, typed);
  const plan = seen && wish && sameWish(seen.wish, wish) ? seen.preview : null;
  return (
    <ActForm
      workspace={workspace}
      action={requestRestoreAction}
      hidden={{ episodeId, from: plan?.from ?? "", to: plan?.to ?? "", hours }}
      submit={plan ? `Restore ${formatPlural(plan.rows, "row")}` : "Restore"}
      pending={{ label: "Asking the worker" }}
      keep="Leave in the archive"
      blocked={!plan?.fits}
      onDone={() => void client.invalidateQueries({ queryKey: actKeys.restores(place) })}
    >
      <ToggleGroup label="How the range is given" value={kind} options={kinds} onValueChange={setKind} />
      <RangeFields kind={kind} typed={typed} onType={setTyped} />
      <RestoreCost place={place} wish={wish} onSeen={setSeen} />
      <div className="mt-3 flex items-center justify-between gap-3">
        <span className="text-text-2">Stays for</span>
        <Select
          label="Stays for"
          value={hours}
          options={hoursOptions}
          onValueChange={setHours}
          className="h-7 w-36 max-md:h-9"
        />
      </div>
    </ActForm>
  );
}

function sameWish(a: RestoreWish, b: RestoreWish): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
