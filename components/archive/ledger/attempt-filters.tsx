"use client";

import { debounce, useQueryStates } from "nuqs";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { attemptOutcomes } from "@/lib/archive/schema";
import { archiveParams } from "@/lib/archive/search-params";
import { outcomeLook } from "../archive-look";

const any = { value: "any", label: "any outcome" } as const;
const options = [any, ...attemptOutcomes.map((value) => ({ value, label: outcomeLook[value].label }))];

/** Which attempts are shown: how they ended, and under which epoch or by which process. */
export function AttemptFilters() {
  const [{ outcome, by }, set] = useQueryStates(archiveParams, { shallow: false, history: "replace" });
  return (
    <div className="flex flex-wrap items-center gap-2 py-2">
      <Select
        label="Outcome of the attempts"
        value={outcome ?? any.value}
        options={options}
        onValueChange={(value) =>
          void set({ outcome: attemptOutcomes.find((one) => one === value) ?? null, before: null })
        }
      />
      <Input
        aria-label="Epoch or owner of the attempts"
        placeholder="Epoch or owner"
        value={by}
        onChange={(event) =>
          void set({ by: event.target.value || null, before: null }, { limitUrlUpdates: debounce(300) })
        }
        className="w-40 max-md:w-full"
      />
    </div>
  );
}
