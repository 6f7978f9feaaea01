import { formatCount, formatRelative } from "@/lib/format";
import type { EpisodeSummary } from "@/lib/logs/schema";

/** Where the archive ends and the live store begins. One line of its own, so that it covers no row. */
export function SeamRow({ chunks, asOf }: { chunks: EpisodeSummary["chunks"]; asOf: string }) {
  const bad = chunks.total - chunks.verified;
  const state =
    bad > 0
      ? `${formatCount(bad)} of ${formatCount(chunks.total)} damaged`
      : chunks.lastVerifiedAt && `verified ${formatRelative(chunks.lastVerifiedAt, asOf)}`;
  return (
    <td className="col-span-full flex h-5 items-center gap-2.5 whitespace-nowrap px-3 pr-4.5 font-sans text-11 text-text-2 tracking-normal">
      <span className="h-1.5 w-5 rounded-[1px] bg-hatch" />
      <span className="truncate">
        above: archive chunk {formatCount(chunks.total - 1)}
        {state && ` · ${state}`}
      </span>
      <span className="h-px grow bg-line-strong" />
      <span className="max-md:hidden">below: live store</span>
      <span className="h-1.5 w-5 rounded-[1px] bg-tier-hot" />
    </td>
  );
}
