import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import type { ArchiveScrub } from "@/lib/archive/schema";
import { formatPlural } from "@/lib/format";

/** When somebody last read the archive of the episode again, and what they found. */
export function LastScrub({ scrub }: { scrub: ArchiveScrub | null }) {
  if (!scrub) return null;
  const { problems, state, chunksChecked, healed } = scrub;
  const well = state === "done" && problems.length === 0;
  return (
    <div className="mt-3 ml-9.5 text-12 max-md:ml-0">
      <p className="flex items-center gap-1.5 text-text-2">
        <StatusGlyph
          tone={problems.length > 0 ? "fail" : state === "done" ? "ok" : state === "running" ? "run" : "off"}
        />
        <span>
          {state === "running" ? "Being read again, " : ""}
          {formatPlural(chunksChecked, "chunk")} read again <Time at={scrub.at} />
          {well && ", every row as it was written"}
          {state === "stopped" && ", stopped before the end"}
          {healed > 0 && `, ${formatPlural(healed, "chunk")} good again`}
        </span>
      </p>
      {problems.length > 0 && (
        <ul aria-label="Problems" className="mt-1 pl-4.5 text-fail-text">
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
