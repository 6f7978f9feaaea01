import Link from "next/link";
import { formatCount, formatPlural } from "@/lib/format";
import type { EpisodeAddress } from "@/lib/logs/query-options";
import type { LogGapRow } from "@/lib/logs/schema";

const sentence: Record<LogGapRow["reason"], string> = {
  damaged:
    "The archive copy of this range fails its checksum. Rows outside of the range are not touched by it.",
  missing: "The archive file that held this range is gone. Rows outside of the range are not touched by it.",
  unreadable: "The store that holds these rows did not answer. Nothing is known to be lost.",
  never_written: "These numbers were given to a writer that ended before it wrote. No row ever had them.",
  expired: "The retention of this workspace deleted this range. Its numbers and its hash stay on record.",
  in_flight: "These numbers were given to a writer moments ago, and it is writing them.",
};

/** What is known about a number without a row. */
export function GapDetails({ gap, address }: { gap: LogGapRow; address: EpisodeAddress }) {
  const count = Number(gap.to) - Number(gap.from) + 1;
  return (
    <>
      <h2 className="text-15 font-semibold">
        {formatPlural(count, "row")}, {formatCount(gap.from)}
        {count > 1 && ` to ${formatCount(gap.to)}`}
      </h2>
      <p className="mt-1 text-text-2">{sentence[gap.reason]}</p>
      {gap.detail && <p className="mono mt-2 text-text-2 [overflow-wrap:anywhere]">{gap.detail}</p>}
      {gap.chunkNumber !== null && (
        <Link
          href={`/w/${address.workspace}/archive?episode=${encodeURIComponent(address.episodeId)}&chunk=${gap.chunkNumber}`}
          className="mt-3 inline-block font-medium text-accent-text hover:underline"
        >
          Open chunk {formatCount(gap.chunkNumber)}
        </Link>
      )}
    </>
  );
}
