import type { WorkflowStatus } from "@/lib/workflows/schema";

/** Status of a definition as it is shown; an active one is the usual case and says nothing where space is short. */
export const workflowStatusLook = {
  active: { label: "Active", tone: "off", shape: "check" },
  draft: { label: "Draft", tone: "off", shape: "dashed" },
  archived: { label: "Archived", tone: "off", shape: "stopped" },
} as const satisfies Record<WorkflowStatus, { label: string; tone: "off"; shape: string }>;
