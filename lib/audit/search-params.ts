import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { auditAreas } from "./schema";

/** The audit page: which acts, on what, by whom, and where the list goes on. */
export const auditParams = {
  area: parseAsStringLiteral(auditAreas),
  /** The id of the one thing that was acted on. */
  on: parseAsString,
  /** Only what people did, or only what the worker did by itself. */
  by: parseAsStringLiteral(["people", "worker"] as const),
  cursor: parseAsString,
};
export const loadAuditParams = createLoader(auditParams);
export const auditSearch = createSerializer(auditParams);
