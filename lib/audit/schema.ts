import { z } from "zod";

/** What the trail is about, the first word of an action; the order of the filter. */
export const auditAreas = ["archive", "redaction", "run", "workflow"] as const;
export type AuditArea = (typeof auditAreas)[number];

const summary = z.record(z.string(), z.unknown()).nullable();

/** One act, as the trail tells it. */
export const auditEntry = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  /** A verb of its area: `archive.place_hold`. */
  action: z.string(),
  /** Through what it was done; a person's name stands beside it, where one acted. */
  actor: z.enum(["user", "token", "worker", "command"]),
  person: z.string().nullable(),
  resourceType: z.string(),
  resourceId: z.string(),
  reason: z.string().nullable(),
  before: summary,
  after: summary,
});
export type AuditEntry = z.infer<typeof auditEntry>;
