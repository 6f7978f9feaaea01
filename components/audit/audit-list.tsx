import Link from "next/link";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import type { AuditEntry } from "@/lib/audit/schema";
import { formatInstant } from "@/lib/format";
import { actorWords, actWords } from "./act-words";
import { ChangeList } from "./change-list";

interface AuditListProps {
  workspace: string;
  entries: readonly AuditEntry[];
  /** All of them are about one thing, which stands above the list. */
  sameThing?: boolean;
}

/** Who did what to which thing, why, and what it was before; the newest first. */
export function AuditList({ workspace, entries, sameThing = false }: AuditListProps) {
  return (
    <ol aria-label="Acts, newest first">
      {entries.map((entry) => (
        <li
          key={entry.id}
          className="grid grid-cols-[128px_minmax(0,1fr)] gap-x-4 border-line border-b py-2 max-md:grid-cols-1"
        >
          <span className="text-12 text-text-3">
            <Time at={entry.at} />
            <span className="sr-only">, {formatInstant(entry.at)}</span>
          </span>
          <div className="min-w-0">
            <p className="[overflow-wrap:anywhere]">
              <Who entry={entry} /> {actWords(entry.action)}
              {!sameThing && <Thing workspace={workspace} entry={entry} />}
            </p>
            {entry.reason && (
              <p className="text-12 text-text-2 [overflow-wrap:anywhere]">Reason: {entry.reason}</p>
            )}
            <ChangeList entry={entry} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function Who({ entry: { person, actor } }: { entry: AuditEntry }) {
  if (actor === "worker") {
    return (
      <span className="inline-flex items-center gap-1.5 font-medium text-text-2">
        <StatusGlyph tone="off" shape="ring" size={10} />
        The worker
      </span>
    );
  }
  if (actor === "command" && person === null)
    return <span className="font-medium text-text-2">A command</span>;
  return (
    <>
      <span className="font-medium">{person ?? "Somebody"}</span>
      {actor !== "user" && <span className="text-text-3"> {actorWords[actor]}</span>}
    </>
  );
}

function Thing({ workspace, entry: { resourceType, resourceId } }: { workspace: string; entry: AuditEntry }) {
  if (resourceType === "workspace") return <span className="text-text-3">, in the workspace</span>;
  if (resourceType !== "log_episode") return null;
  return (
    <>
      {" "}
      <span className="text-text-3">of</span>{" "}
      <Link
        href={`/w/${workspace}/archive?episode=${encodeURIComponent(resourceId)}`}
        className="mono text-accent-text hover:underline"
      >
        {resourceId}
      </Link>
    </>
  );
}
