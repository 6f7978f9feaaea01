import type { ArchiveRates } from "../drain";
import type { EpisodeSums } from "../episode-sums";
import type { ArchiveAttempt, ArchiveTotals } from "../schema";

/** What the last look for objects without a chunk found. */
export interface LastSweep {
  sweptAt: string;
  dryRun: boolean;
  orphans: number;
  orphanBytes: number;
  deleted: number;
  waiting: number;
  unexplained: number;
}

/** The archive of one workspace as the platform sees it: counts and times, no row. */
export interface WorkspaceArchive extends EpisodeSums {
  workspaceId: string;
  /** Null where the workspace is gone and its logs are not. */
  slug: string | null;
  name: string;
  /** The platform's own, which writes and checks known lines. */
  isCanary: boolean;
  overdueChunks: number;
  failedAttempts24h: number;
  rates: ArchiveRates;
  sweep: LastSweep | null;
}

export interface PlatformArchive {
  totals: ArchiveTotals;
  rates: ArchiveRates;
  /** What needs a person most first. */
  workspaces: WorkspaceArchive[];
}

/** Somebody archives this now, in whatever workspace. */
export interface HeldLease {
  workspaceId: string;
  episodeId: string;
  owner: string;
  epoch: number;
  expiresAt: string;
}

export interface FailedAttempt extends ArchiveAttempt {
  workspaceId: string;
  episodeId: string;
}
