"use client";

import { useQueryStates } from "nuqs";
import { useState } from "react";
import { Chip } from "@/components/ui/chip";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { auditAreas } from "@/lib/audit/schema";
import { auditParams } from "@/lib/audit/search-params";
import { areaWords } from "./act-words";

const areas = [
  { value: "all", label: "Every area" },
  ...auditAreas.map((area) => ({ value: area, label: areaWords[area] })),
] as const;
const actors = [
  { value: "all", label: "Everybody" },
  { value: "people", label: "People" },
  { value: "worker", label: "The worker" },
] as const;

/** Which acts: of an area, by people or by the worker, on one thing. Each choice begins the list anew. */
export function AuditFilters() {
  const [{ area, on, by }, setParams] = useQueryStates(auditParams, { shallow: false });
  const [typed, setTyped] = useState("");
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-2 border-line border-b py-2">
      <Select
        label="Area"
        value={area ?? "all"}
        options={areas}
        onValueChange={(value) => void setParams({ area: value === "all" ? null : value, cursor: null })}
        className="h-7 w-36 max-md:h-9"
      />
      <Select
        label="By whom"
        value={by ?? "all"}
        options={actors}
        onValueChange={(value) => void setParams({ by: value === "all" ? null : value, cursor: null })}
        className="h-7 w-36 max-md:h-9"
      />
      {on === null ? (
        <form
          className="w-64 max-md:w-full"
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim()) void setParams({ on: typed.trim(), cursor: null });
            setTyped("");
          }}
        >
          <Input
            aria-label="Id of an episode or another thing"
            placeholder="Episode or other id, in full"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </form>
      ) : (
        <Chip name="on" onRemove={() => void setParams({ on: null, cursor: null })}>
          {on}
        </Chip>
      )}
    </div>
  );
}
