import type { AuditEntry } from "@/lib/audit/schema";
import { changesOf } from "./changes";

/** "chunk size 50,000 → 10,000", one for each field that differs. */
export function ChangeList({ entry }: { entry: AuditEntry }) {
  const changes = changesOf(entry);
  if (changes.length === 0) return null;
  return (
    <ul aria-label="What changed" className="flex flex-wrap gap-x-4 text-12 text-text-2">
      {changes.map(({ name, before, after }) => (
        <li key={name} className="max-w-full [overflow-wrap:anywhere]">
          <span className="text-text-3">{name}</span>{" "}
          {before !== null && <span className={after === null ? undefined : "text-text-3"}>{before}</span>}
          {before !== null && after !== null && <span className="text-text-3"> → </span>}
          {after}
        </li>
      ))}
    </ul>
  );
}
