import { archiveAttention } from "@/components/home/archive-attention";
import { getArchiveTotals } from "@/lib/archive/queries";
import { workspaceRoute } from "@/lib/auth/route";
import type { AttentionCounts } from "@/lib/runs/attention-options";
import { listAttention } from "@/lib/runs/queries";

/** How much of each page needs a person, for the words beside its name. */
export const GET = workspaceRoute("runs:read", async (scope) => {
  const asOf = new Date().toISOString();
  const [failures, totals] = await Promise.all([listAttention(scope), getArchiveTotals(scope)]);
  const counts: AttentionCounts = {
    runs: failures.length,
    archive: archiveAttention(totals, scope.workspaceSlug).length,
    asOf,
  };
  return Response.json(counts, { headers: { "cache-control": "no-store" } });
});
