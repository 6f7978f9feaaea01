import { templateIdOf } from "@/lib/logs/templates/drain";
import { maskMessage } from "@/lib/logs/templates/mask";
import { firstLine } from "./first-line";

/** An error without its values: numbers, ids, hex and paths are masked as they are in templates of logs. */
export function fingerprintOf(message: string | null): { fingerprint: string; template: string } {
  // The first line says what happened; the others, mostly a trace, say where.
  const template = maskMessage(firstLine(message, 1_000));
  return { fingerprint: templateIdOf(template), template };
}
