import { timeWords } from "@/components/logs/explorer/query/time-words";
import { formatDuration } from "@/lib/format";
import { screenTime } from "@/lib/logs/screen-time";
import type { FilterChoices } from "@/lib/runs/list/choices";
import type { RunListParams } from "@/lib/runs/search-params";
import { runStatus } from "@/lib/runs/status";

/** The chips of the filter bar, in its order. */
export const filterKinds = [
  "status",
  "workflow",
  "version",
  "project",
  "started",
  "duration",
  "input",
  "by",
] as const;
export type FilterKind = (typeof filterKinds)[number];

export const filterLabel: Record<FilterKind, string> = {
  status: "Status",
  workflow: "Workflow",
  version: "Version",
  project: "Project",
  started: "Created",
  duration: "Duration",
  input: "Input",
  by: "Triggered by",
};

/** Always on the bar; the others come by "Filter". */
export const standingKinds: readonly FilterKind[] = ["status", "workflow", "started"];

/** What takes a filter away. */
export const withoutFilter: Record<FilterKind, { [Name in keyof RunListParams]?: null }> = {
  status: { status: null },
  // A version is one of its workflow.
  workflow: { workflow: null, version: null },
  version: { version: null },
  project: { project: null },
  started: { since: null, until: null },
  duration: { longer: null, shorter: null },
  input: { input: null },
  by: { by: null },
};

const utc = screenTime("UTC");

/** A filter in force, in words; empty when it is not. */
export function filterWords(kind: FilterKind, params: RunListParams, choices: FilterChoices): string {
  const { status, workflow, version, project, since, until, longer, shorter, input, by } = params;
  switch (kind) {
    case "status":
      return status.map((each) => runStatus[each].label.toLowerCase()).join(" or ");
    case "workflow":
      return workflow ? (choices.workflows.find(({ id }) => id === workflow)?.name ?? workflow) : "";
    case "version":
      return workflow && version ? `v${version}` : "";
    case "project":
      return project ? (choices.projects.find(({ id }) => id === project)?.name ?? project) : "";
    case "started":
      return timeWords({ since, until }, utc);
    case "duration":
      return [
        longer === null ? "" : `at least ${formatDuration(longer)}`,
        shorter === null ? "" : `under ${formatDuration(shorter)}`,
      ]
        .filter(Boolean)
        .join(", ");
    case "input":
      return input ?? "";
    case "by":
      return by ?? "";
  }
}
