import "server-only";
import { asc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { canaryEpisodes } from "@/drizzle/schema/canary-episodes";
import { canaryProblems } from "@/drizzle/schema/canary-problems";
import { canaryState } from "@/drizzle/schema/canary-state";
import type { PlatformScope } from "@/lib/auth/access";
import { inPlatform } from "@/lib/db/in-scope";
import type { Finding } from "./compare";

export type CanaryEpisode = typeof canaryEpisodes.$inferSelect;

const problemDays = 30;

/** Takes or keeps the turn, by PostgreSQL's clock. False while another worker has it. */
export function claimTurn(scope: PlatformScope, worker: string, claimMs: number): Promise<boolean> {
  return inPlatform(scope, async (tx) => {
    const free = or(
      isNull(canaryState.claimedUntil),
      lt(canaryState.claimedUntil, sql`now()`),
      eq(canaryState.claimedBy, worker),
    );
    const claimed = await tx
      .update(canaryState)
      .set({ claimedBy: worker, claimedUntil: sql`now() + make_interval(secs => ${claimMs / 1000})` })
      .where(free)
      .returning({ id: canaryState.id });
    return claimed.length === 1;
  });
}

/** Oldest first. */
export function listCanaryEpisodes(scope: PlatformScope): Promise<CanaryEpisode[]> {
  return inPlatform(scope, (tx) =>
    tx.select().from(canaryEpisodes).orderBy(asc(canaryEpisodes.createdAt)).limit(1_000),
  );
}

export async function beginEpisode(scope: PlatformScope, episodeId: string): Promise<void> {
  await inPlatform(scope, (tx) => tx.insert(canaryEpisodes).values({ episodeId }).onConflictDoNothing());
}

export async function forgetEpisode(scope: PlatformScope, episodeId: string): Promise<void> {
  await inPlatform(scope, (tx) => tx.delete(canaryEpisodes).where(eq(canaryEpisodes.episodeId, episodeId)));
}

/** What a part of a round leaves behind. Written at once, so that a killed worker has checked what the figures say. */
export interface Outcome {
  episodeId: string;
  progress?: Partial<Pick<CanaryEpisode, "sent" | "readBack" | "walked" | "endedAt">>;
  checked?: number;
  cold?: number;
  findings?: Finding[];
}

export async function remember(
  scope: PlatformScope,
  { episodeId, progress, checked = 0, cold = 0, findings = [] }: Outcome,
): Promise<void> {
  const now = new Date();
  await inPlatform(scope, async (tx) => {
    if (progress)
      await tx.update(canaryEpisodes).set(progress).where(eq(canaryEpisodes.episodeId, episodeId));
    await tx.update(canaryState).set({
      linesChecked: sql`${canaryState.linesChecked} + ${checked}`,
      coldChecked: sql`${canaryState.coldChecked} + ${cold}`,
      ...(progress?.sent !== undefined && { lastSentAt: now }),
      ...(checked > 0 && { lastCheckedAt: now }),
    });
    if (findings.length === 0) return;
    const seen = { firstSeenAt: now, lastSeenAt: now };
    await tx
      .insert(canaryProblems)
      .values(findings.map((finding) => ({ ...finding, episodeId, ...seen })))
      .onConflictDoUpdate({
        target: [canaryProblems.episodeId, canaryProblems.line, canaryProblems.kind],
        set: { lastSeenAt: now, detail: sql`excluded.detail` },
      });
  });
}

export async function forgetOldProblems(scope: PlatformScope): Promise<void> {
  const before = sql`now() - make_interval(days => ${problemDays})`;
  await inPlatform(scope, (tx) => tx.delete(canaryProblems).where(lt(canaryProblems.lastSeenAt, before)));
}
