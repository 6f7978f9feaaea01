"use client";

import { useQueryStates } from "nuqs";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { ToggleChip } from "@/components/ui/chip";
import { Select } from "@/components/ui/select";
import { formatCount } from "@/lib/format";
import type { StreamCounts } from "@/lib/logs/streams/list-streams";
import { streamListParams } from "@/lib/logs/streams/search-params";

const anyAge = "any";

/** The filters live in the URL; changing one starts again at the stream that was written last. */
export function EpisodeFilters({ counts }: { counts: StreamCounts | null }) {
  const [pending, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(streamListParams, {
    shallow: false,
    history: "push",
    startTransition,
  });
  const { by, state, errors, age } = params;
  const set = (patch: Partial<Parameters<typeof setParams>[0] & object>) =>
    void setParams({ ...patch, cursor: null });
  const chips = [
    ["Open", counts?.open, state === "open", () => set({ state: state === "open" ? null : "open" })],
    ["Ended", counts?.ended, state === "ended", () => set({ state: state === "ended" ? null : "ended" })],
    ["With errors", counts?.withErrors, errors === "some", () => set({ errors: errors ? null : "some" })],
    ["Of runs", counts?.byRun, by === "run", () => set({ by: by === "run" ? null : "run" })],
    [
      "Of outside producers",
      counts?.external,
      by === "external",
      () => set({ by: by === "external" ? null : "external" }),
    ],
  ] as const;
  return (
    <search
      aria-label="Filter streams"
      aria-busy={pending}
      className="flex min-w-0 items-center gap-1.5 max-md:w-full max-md:overflow-x-auto max-md:[scrollbar-width:none]"
    >
      {chips.map(([label, count, on, toggle]) => (
        <ToggleChip key={label} pressed={on} onClick={toggle}>
          {label}
          {count !== undefined && <span className="font-normal text-text-3">{formatCount(count)}</span>}
        </ToggleChip>
      ))}
      <Select
        label="Last row"
        value={age ?? anyAge}
        options={[
          { value: anyAge, label: "Written at any time" },
          { value: "1h", label: "Written in the last hour" },
          { value: "24h", label: "Written in the last 24 hours" },
          { value: "7d", label: "Written in the last 7 days" },
        ]}
        onValueChange={(value) => set({ age: value === anyAge ? null : value })}
        className="h-6 shrink-0 text-12 max-md:h-9"
      />
      {(by || state || errors || age) && (
        <Button
          variant="ghost"
          size="sm"
          onClick={() => set({ by: null, state: null, errors: null, age: null })}
        >
          Clear
        </Button>
      )}
    </search>
  );
}
