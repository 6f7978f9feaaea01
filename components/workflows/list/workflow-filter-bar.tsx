"use client";

import { Search } from "lucide-react";
import { debounce, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { workflowStatuses } from "@/lib/workflows/schema";
import { workflowListParams } from "@/lib/workflows/search-params";
import { workflowStatusLook } from "../workflow-look";

interface WorkflowFilterBarProps {
  projects: readonly { id: string; name: string }[];
}

const every = "*";

/** The filters live in the URL. */
export function WorkflowFilterBar({ projects }: WorkflowFilterBarProps) {
  const [pending, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(workflowListParams, {
    shallow: false,
    history: "replace",
    startTransition,
  });
  const filtered = params.q !== null || params.project !== null || params.status !== null;
  return (
    <search
      aria-label="Filter workflows"
      aria-busy={pending}
      className="flex min-h-12 items-center gap-1.5 border-line border-b px-6 py-2 aria-busy:border-accent max-md:flex-wrap max-md:px-4"
    >
      <span className="relative w-64 max-md:w-full">
        <Search
          size={14}
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-text-3"
        />
        <Input
          data-page-search=""
          type="search"
          aria-label="Name"
          placeholder="Name"
          autoComplete="off"
          spellCheck={false}
          value={params.q ?? ""}
          onChange={(event) =>
            void setParams(
              { q: event.target.value || null, cursor: null },
              { limitUrlUpdates: event.target.value === "" ? undefined : debounce(200) },
            )
          }
          className="pl-7"
        />
      </span>
      <Select
        label="Project"
        value={params.project ?? every}
        options={[
          { value: every, label: "Every project" },
          ...projects.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onValueChange={(value) => void setParams({ project: value === every ? null : value, cursor: null })}
        className="h-7 max-w-48 max-md:h-9"
      />
      <Select
        label="Status"
        value={params.status ?? every}
        options={[
          { value: every, label: "Not archived" },
          ...workflowStatuses.map((status) => ({ value: status, label: workflowStatusLook[status].label })),
        ]}
        onValueChange={(value) =>
          void setParams({
            status: workflowStatuses.find((status) => status === value) ?? null,
            cursor: null,
          })
        }
        className="h-7 max-w-40 max-md:h-9"
      />
      {filtered && (
        <Button
          variant="ghost"
          size="sm"
          onClick={() => void setParams({ q: null, project: null, status: null, cursor: null })}
        >
          Clear
        </Button>
      )}
    </search>
  );
}
