import Link from "next/link";
import { Suspense } from "react";
import type { ArchiveRights, EpisodeActs } from "@/lib/archive/acts/schema";
import { getArchiveProof, getLastScrub, listStripCells, pageArchiveAttempts } from "@/lib/archive/queries";
import type { ArchiveParams } from "@/lib/archive/search-params";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type Settled, settle } from "@/lib/auth/settle";
import { EpisodeHolds } from "./acts/hold-line";
import { ChunksSkeleton, ProofSkeleton } from "./archive-skeleton";
import { LastScrub } from "./last-scrub";
import { Attempts } from "./ledger/attempts";
import { NoChunksYet } from "./nothing-archived";
import { Proof } from "./proof";
import { Region } from "./region";
import { Chunks } from "./strip/chunks";

interface EpisodeDetailProps {
  scope: WorkspaceScope;
  episodeId: string;
  acts: Settled<EpisodeActs | null> | null;
  rights: ArchiveRights;
  params: ArchiveParams;
}

/** Below the table: the chunks of the chosen episode and what was tried, and beside them what can be proved. */
export function EpisodeDetail({ scope, episodeId, acts, rights, params }: EpisodeDetailProps) {
  const workspace = scope.workspaceSlug;
  if (acts?.ok && acts.value === null) {
    return (
      <p className="px-6 py-4 text-text-2 max-md:px-4">
        There is no episode <span className="mono">{episodeId}</span> in this workspace.
      </p>
    );
  }
  const cells = settle(listStripCells(scope, episodeId), "archive: chunks");
  const scrub = settle(getLastScrub(scope, episodeId), "archive: scrub");
  const attempts = settle(pageArchiveAttempts(scope, episodeId, params), "archive: attempts");
  const proof = settle(getArchiveProof(scope, episodeId), "archive: proof");
  const threshold = acts?.ok ? (acts.value?.archiving.archiveThreshold ?? null) : null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_360px] gap-x-8 px-6 pt-4 pb-5 max-xl:block max-md:px-4">
      <div className="min-w-0">
        <section aria-labelledby="chunks-heading">
          <Head workspace={workspace} episodeId={episodeId} />
          {acts?.ok && acts.value && (
            <EpisodeHolds workspace={workspace} holds={acts.value.holds} rights={rights} />
          )}
          <Suspense fallback={<ChunksSkeleton />}>
            <Region read={cells} failed="The chunks cannot be read">
              {(strip) =>
                strip.cells.length > 0 ? (
                  <Chunks workspace={workspace} episodeId={episodeId} rights={rights} {...strip} />
                ) : (
                  <NoChunksYet threshold={threshold} />
                )
              }
            </Region>
            <Region read={scrub} failed="The last verification cannot be read">
              {(last) => <LastScrub scrub={last} />}
            </Region>
          </Suspense>
        </section>
        <Suspense fallback={<div className="h-40" />}>
          <Region read={attempts} failed="The attempts cannot be read">
            {(page) => (
              <Attempts
                {...page}
                address={`/w/${workspace}/archive`}
                params={{ ...params, episode: episodeId }}
              />
            )}
          </Region>
        </Suspense>
      </div>
      <div className="min-w-0 max-xl:mt-5">
        <Suspense fallback={<ProofSkeleton />}>
          <Region read={proof} failed="The proof cannot be made">
            {(found) => <Proof workspace={workspace} episodeId={episodeId} proof={found} />}
          </Region>
        </Suspense>
      </div>
    </div>
  );
}

function Head({ workspace, episodeId }: { workspace: string; episodeId: string }) {
  return (
    <div className="flex h-9 items-center gap-2 border-line border-b">
      <h2 id="chunks-heading" className="min-w-0 truncate font-semibold">
        Chunks of <span className="mono">{episodeId}</span>
      </h2>
      <span className="whitespace-nowrap text-text-3 max-md:hidden">width is rows</span>
      <Link
        href={`/w/${workspace}/logs/${encodeURIComponent(episodeId)}`}
        className="ml-auto whitespace-nowrap font-medium text-accent-text hover:underline"
      >
        Open log
      </Link>
    </div>
  );
}

/** The same heads and heights as what comes. */
export function EpisodeDetailSkeleton({ episodeId }: { episodeId: string }) {
  return (
    <div
      aria-busy="true"
      className="grid grid-cols-[minmax(0,1fr)_360px] gap-x-8 px-6 pt-4 pb-5 max-xl:block max-md:px-4"
    >
      <div className="min-w-0">
        <div className="flex h-9 items-center border-line border-b font-semibold">
          <span className="truncate">
            Chunks of <span className="mono">{episodeId}</span>
          </span>
        </div>
        <ChunksSkeleton />
      </div>
      <ProofSkeleton />
    </div>
  );
}
