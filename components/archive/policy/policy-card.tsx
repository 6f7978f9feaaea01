import Link from "next/link";
import { Countdown } from "@/components/ui/countdown";
import { Panel } from "@/components/ui/panel";
import type { ArchiveRights } from "@/lib/archive/acts/schema";
import type { PolicySummary } from "@/lib/archive/policy/summary";
import { formatBytes, formatCount, formatPlural } from "@/lib/format";

interface PolicyCardProps {
  workspace: string;
  policy: PolicySummary;
  rights: ArchiveRights;
}

/** The rules of the workspace in three lines, and what they are about to delete. */
export function PolicyCard({ workspace, policy, rights }: PolicyCardProps) {
  const { archiving, retention, marked, holds } = policy;
  const address = `/w/${workspace}/settings/archive`;
  return (
    <Panel
      title="Policy"
      className="mt-4"
      aside={
        <Link href={address} className="font-medium text-accent-text hover:underline">
          {rights.delete ? "Change…" : "All of it"}
        </Link>
      }
    >
      <div className="flex flex-col gap-1 py-2 text-12 text-text-2">
        <p>
          New episodes: archive above {formatCount(archiving.archiveThreshold)} rows, keep{" "}
          {formatCount(archiving.keepHot)} live, chunks of {formatCount(archiving.chunkSize)}.
        </p>
        <p>
          {retention
            ? `Archived logs are kept for ${formatPlural(retention.days, "day")}.`
            : "Archived logs are kept for ever."}
        </p>
        {marked.chunks > 0 && marked.next && (
          <p>
            <Link href={`${address}#marked`} className="font-medium text-warn-text hover:underline">
              Next deletion: {formatPlural(marked.chunks, "chunk")}, {formatBytes(marked.bytes)}
            </Link>{" "}
            <Countdown until={marked.next} after="at the next round" />
          </p>
        )}
        {holds > 0 && (
          <p>
            <Link href={`${address}#holds`} className="font-medium text-warn-text hover:underline">
              {formatPlural(holds, "legal hold")}
            </Link>{" "}
            {holds === 1 ? "keeps" : "keep"} what the retention would end.
          </p>
        )}
      </div>
    </Panel>
  );
}
