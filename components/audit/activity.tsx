import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import type { AuditEntry } from "@/lib/audit/schema";
import { auditSearch } from "@/lib/audit/search-params";
import { AuditList } from "./audit-list";

interface ActivityProps {
  workspace: string;
  episodeId: string;
  entries: readonly AuditEntry[];
}

/** What people and the worker last did with one episode's archive. */
export function Activity({ workspace, episodeId, entries }: ActivityProps) {
  return (
    <Panel
      title="Activity"
      className="mt-4"
      aside={
        <Link
          href={`/w/${workspace}/audit${auditSearch({ area: "archive", on: episodeId })}`}
          className="font-medium text-accent-text hover:underline"
        >
          All of it
        </Link>
      }
    >
      {entries.length === 0 ? (
        <p className="py-2 text-12 text-text-3">Nobody has acted on this episode's archive yet.</p>
      ) : (
        <AuditList workspace={workspace} entries={entries} sameThing />
      )}
    </Panel>
  );
}
