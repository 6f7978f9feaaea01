import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import type { ArchiveScrub } from "@/lib/archive/schema";
import { formatPlural } from "@/lib/format";

interface LastScrubProps {
  workspace: string;
  episodeId: string;
  scrub: ArchiveScrub | null;
}

/** When somebody last read the archive again and what they found; the file by which others can check it without us. */
export function LastScrub({ workspace, episodeId, scrub }: LastScrubProps) {
  const problems = scrub?.problems ?? [];
  return (
    <div className="mt-2">
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 text-12 text-text-2">
        <span className="flex items-center gap-1.5">
          {scrub && (
            <StatusGlyph tone={problems.length > 0 ? "fail" : scrub.state === "done" ? "ok" : "off"} />
          )}
          {scrub ? (
            <span>
              {formatPlural(scrub.chunksChecked, "chunk")} read again <Time at={scrub.at} />
              {scrub.state === "done" && problems.length === 0 && ", every row as it was written"}
            </span>
          ) : (
            "Not read again since it was archived; the scrubber comes to every chunk within a week"
          )}
        </span>
        <a
          href={`/api/w/${workspace}/logs/${encodeURIComponent(episodeId)}/manifest`}
          className="ml-auto whitespace-nowrap font-medium text-accent-text hover:underline max-md:ml-0"
        >
          Manifest for sha256sum
        </a>
      </div>
      {problems.length > 0 && (
        <ul aria-label="Problems" className="mt-1 text-12 text-fail-text">
          {problems.map(({ sentence }) => (
            <li key={sentence} className="[overflow-wrap:anywhere]">
              {sentence}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
