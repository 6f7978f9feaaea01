import Link from "next/link";
import type { ReactNode } from "react";
import type { ArchiveRights } from "@/lib/archive/acts/schema";
import type { ArchiveAttempt, ArchiveChunk, ArchiveScrub } from "@/lib/archive/schema";
import { Attempts } from "./attempts";
import { Chunks } from "./chunk-strip";
import { LastScrub } from "./last-scrub";
import { NoChunksYet } from "./nothing-archived";

interface EpisodeDetailProps {
  workspace: string;
  episodeId: string;
  threshold: number | null;
  chunks: readonly ArchiveChunk[];
  attempts: readonly ArchiveAttempt[];
  attemptsShown: number;
  scrub: ArchiveScrub | null;
  /** The holds that keep it, and the rows of it that are live again. */
  holds: ReactNode;
  restores: ReactNode;
  rights: ArchiveRights;
}

/** Below the table: the chunks of the chosen episode, and what was tried. */
export function EpisodeDetail(props: EpisodeDetailProps) {
  const { workspace, episodeId, chunks } = props;
  const attempts = (
    <>
      {props.restores}
      <Attempts attempts={props.attempts} shown={props.attemptsShown} />
    </>
  );
  return (
    <section aria-labelledby="chunks-heading" className="px-6 pt-4 pb-5 max-md:px-4">
      <div className="flex h-9 items-center gap-2 border-line border-b">
        <h2 id="chunks-heading" className="min-w-0 truncate font-semibold">
          Chunks of <span className="mono">{episodeId}</span>
        </h2>
        {chunks.length > 0 && (
          <span className="whitespace-nowrap text-text-3 max-md:hidden">width is rows</span>
        )}
        <Link
          href={`/w/${workspace}/logs/${encodeURIComponent(episodeId)}`}
          className="ml-auto whitespace-nowrap font-medium text-accent-text hover:underline"
        >
          Open log
        </Link>
      </div>
      {props.holds}
      {chunks.length > 0 && <LastScrub key={episodeId} {...props} />}
      {chunks.length > 0 ? (
        <Chunks workspace={workspace} episodeId={episodeId} chunks={chunks} rights={props.rights}>
          {attempts}
        </Chunks>
      ) : (
        <>
          <NoChunksYet threshold={props.threshold} />
          {attempts}
        </>
      )}
    </section>
  );
}
