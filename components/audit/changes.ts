import type { AuditEntry } from "@/lib/audit/schema";
import { formatCount, formatInstant } from "@/lib/format";

/** One field of what an act changed; null where it was not there on that side. */
export interface Change {
  name: string;
  before: string | null;
  after: string | null;
}

/** What was before and after, field by field; what stayed the same is left out. */
export function changesOf({ before, after }: Pick<AuditEntry, "before" | "after">): Change[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return inOrder([...names]).flatMap((field) => {
    const change = {
      name: wordsOf(field),
      before: textOf(before?.[field]),
      after: textOf(after?.[field]),
    };
    return change.before === change.after ? [] : [change];
  });
}

/** PostgreSQL keeps the fields of JSON by length: "to" comes before "from" there. */
function inOrder(names: string[]): string[] {
  const [from, to] = [names.indexOf("from"), names.indexOf("to")];
  return to === -1 || from < to ? names : names.with(to, "from").with(from, "to");
}

/** "archiveAfterHours" -> "archive after hours". */
function wordsOf(field: string): string {
  return field.replaceAll(/([A-Z])/g, " $1").toLowerCase();
}

/** Row numbers travel as digits. */
const wholeNumber = /^\d{1,18}$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return formatCount(value);
  if (wholeNumber.test(String(value))) return formatCount(String(value));
  if (moment.test(String(value))) return formatInstant(String(value));
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
