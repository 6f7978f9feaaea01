"use client";

import { useQueryStates } from "nuqs";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { ToggleChip } from "@/components/ui/chip";
import { Select } from "@/components/ui/select";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { runListParams } from "@/lib/runs/search-params";
import { type RunStatus, runStatus, runStatuses } from "@/lib/runs/status";

interface RunFilterBarProps {
  workflows: readonly { id: string; name: string }[];
}

/** A value that no workflow id has. */
const everyWorkflow = "*";

/** The filters live in the URL; changing one starts again at the newest run. */
export function RunFilterBar({ workflows }: RunFilterBarProps) {
  const [pending, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(runListParams, {
    shallow: false,
    history: "push",
    startTransition,
  });
  const firstPage = { cursor: null, direction: null };
  const toggle = (status: RunStatus) => {
    const chosen = runStatuses.filter((other) => params.status.includes(other) !== (other === status));
    void setParams({ status: chosen.length > 0 ? chosen : null, ...firstPage });
  };
  const filtered = params.status.length > 0 || params.workflow !== null;

  return (
    <search
      aria-label="Filter runs"
      aria-busy={pending}
      className="flex min-h-12 items-center gap-1.5 border-line border-b px-6 py-2 aria-busy:border-accent max-md:overflow-x-auto max-md:px-4 max-md:[scrollbar-width:none] md:flex-wrap"
    >
      {runStatuses.map((status) => (
        <ToggleChip key={status} pressed={params.status.includes(status)} onClick={() => toggle(status)}>
          <StatusGlyph
            tone={runStatus[status].tone}
            shape={runStatus[status].shape}
            className="animate-none"
          />
          {runStatus[status].label}
        </ToggleChip>
      ))}
      <Select
        label="Workflow"
        value={params.workflow ?? everyWorkflow}
        options={[
          { value: everyWorkflow, label: "Every workflow" },
          ...workflows.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onValueChange={(value) =>
          void setParams({ workflow: value === everyWorkflow ? null : value, ...firstPage })
        }
        className="ml-2 h-6 max-w-48 shrink-0 text-12 max-md:ml-0 max-md:h-9"
      />
      {filtered && (
        <Button
          variant="ghost"
          size="sm"
          onClick={() => void setParams({ status: null, workflow: null, ...firstPage })}
        >
          Clear
        </Button>
      )}
    </search>
  );
}
