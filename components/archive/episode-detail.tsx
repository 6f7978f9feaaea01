import Link from "next/link";
import { Suspense } from "react";
import { Activity } from "@/components/audit/activity";
import type { ArchiveRights, EpisodeActs } from "@/lib/archive/acts/schema";
import { getDeletion } from "@/lib/archive/deletion/queries";
import { getPolicySummary } from "@/lib/archive/policy/summary";
import { getArchiveProof, getLastScrub, listStripCells, pageArchiveAttempts } from "@/lib/archive/queries";
import { getRestoreList } from "@/lib/archive/restore/restore-json";
import type { ArchiveParams } from "@/lib/archive/search-params";
import { listAudit } from "@/lib/audit/queries";
import type { WorkspaceScope } from "@/lib/auth/access";
import { can } from "@/lib/auth/roles";
import { type Settled, settle } from "@/lib/auth/settle";
import { MissingEpisode } from "./acts/deleted-episode";
import { EpisodeHolds } from "./acts/hold-line";
import { RestoreList } from "./acts/restore-list";
import { ChunksSkeleton, ProofSkeleton } from "./archive-skeleton";
import { LastScrub } from "./last-scrub";
import { Attempts } from "./ledger/attempts";
import { NoChunksYet } from "./nothing-archived";
import { PolicyCard } from "./policy/policy-card";
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
      <Suspense fallback={<div className="h-18" />}>
        <Region
          read={settle(getDeletion(scope, episodeId), "archive: deletion")}
          failed="The episode cannot be read"
        >
          {(deletion) => <MissingEpisode episodeId={episodeId} deletion={deletion} />}
        </Region>
      </Suspense>
    );
  }
  const cells = settle(listStripCells(scope, episodeId), "archive: chunks");
  const scrub = settle(getLastScrub(scope, episodeId), "archive: scrub");
  const attempts = settle(pageArchiveAttempts(scope, episodeId, params), "archive: attempts");
  const proof = settle(getArchiveProof(scope, episodeId), "archive: proof");
  const restores = settle(getRestoreList(scope, episodeId), "archive: restores");
  const policy = settle(getPolicySummary(scope), "archive: policy");
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
        <Suspense>
          <Region read={restores} failed="The restores cannot be read">
            {(shown) => (
              <RestoreList workspace={workspace} episodeId={episodeId} shown={shown} rights={rights} />
            )}
          </Region>
        </Suspense>
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
        <Suspense fallback={<div className="h-24" />}>
          <Region read={policy} failed="The policy cannot be read">
            {(summary) => <PolicyCard workspace={workspace} policy={summary} rights={rights} />}
          </Region>
        </Suspense>
        {can(scope, "audit:read") && <EpisodeActivity scope={scope} episodeId={episodeId} />}
      </div>
    </div>
  );
}

const actsShown = 6;

function EpisodeActivity({ scope, episodeId }: { scope: WorkspaceScope; episodeId: string }) {
  const filter = { area: "archive", on: episodeId, limit: actsShown } as const;
  return (
    <Suspense fallback={<div className="h-24" />}>
      <Region
        read={settle(listAudit(scope, filter), "archive: activity")}
        failed="The activity cannot be read"
      >
        {({ rows }) => <Activity workspace={scope.workspaceSlug} episodeId={episodeId} entries={rows} />}
      </Region>
    </Suspense>
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
