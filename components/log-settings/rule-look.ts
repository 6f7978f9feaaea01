import type { RedactionTarget } from "@/lib/logs/redaction/rule";

export const targetLabels = {
  both: "Everything",
  message: "Message",
  metadata: "Metadata",
} as const satisfies Record<RedactionTarget, string>;

/** A rule as the page shows it. */
export interface RuleView {
  id: string;
  name: string;
  pattern: string;
  mask: string;
  appliesTo: RedactionTarget;
  enabled: boolean;
  updatedBy: string;
  updatedAt: string;
}
