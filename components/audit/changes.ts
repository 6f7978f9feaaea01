import type { AuditEntry } from "@/lib/audit/schema";

/** One field of what an act changed; null where it was not there on that side. */
export interface Change {
  name: string;
  before: string | null;
  after: string | null;
}

/** What was before and after, field by field; what stayed the same is left out. */
export function changesOf({ before, after }: Pick<AuditEntry, "before" | "after">): Change[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].flatMap((field) => {
    const change = {
      name: wordsOf(field),
      before: textOf(before?.[field]),
      after: textOf(after?.[field]),
    };
    return change.before === change.after ? [] : [change];
  });
}

/** "archiveAfterHours" -> "archive after hours". */
function wordsOf(field: string): string {
  return field.replaceAll(/([A-Z])/g, " $1").toLowerCase();
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return value.toLocaleString("en");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
