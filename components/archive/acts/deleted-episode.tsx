import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import type { Deletion } from "@/lib/archive/deletion/queries";
import { formatBytes, formatPlural } from "@/lib/format";

interface MissingEpisodeProps {
  episodeId: string;
  /** Null: there never was one. */
  deletion: Deletion | null;
}

/** In the place of an episode that is not there. */
export function MissingEpisode({ episodeId, deletion }: MissingEpisodeProps) {
  if (deletion) return <DeletedEpisode deletion={deletion} />;
  return (
    <p className="px-6 py-4 text-text-2 max-md:px-4">
      There is no episode <span className="mono">{episodeId}</span> in this workspace.
    </p>
  );
}

/** Who deleted it, why, and how far that is. */
function DeletedEpisode({ deletion }: { deletion: Deletion }) {
  const { episodeId, underWay, requestedBy, requestedAt, reason, rows, chunks, archivedBytes } = deletion;
  return (
    <section aria-label="Deleted episode" className="px-6 py-4 max-md:px-4">
      <p className="flex items-start gap-2">
        <span className="flex h-5 items-center">
          <StatusGlyph tone={underWay ? "run" : "off"} />
        </span>
        <span className="min-w-0 [overflow-wrap:anywhere]">
          <span className="font-semibold">
            Episode <span className="mono">{episodeId}</span> was deleted
          </span>{" "}
          {requestedBy && `by ${requestedBy} `}
          <Time at={requestedAt} />: {reason}
        </span>
      </p>
      <p className="mt-1 pl-5.5 text-12 text-text-2">
        It held {formatPlural(rows, "row")}, {formatPlural(chunks, "chunk")}, {formatBytes(archivedBytes)}{" "}
        archived.{" "}
        {underWay ? (
          <>
            The worker takes them away; its id is free again <Time at={deletion.drainedAt} />.
          </>
        ) : (
          "All of it is gone."
        )}
      </p>
    </section>
  );
}
