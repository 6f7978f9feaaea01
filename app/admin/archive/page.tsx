import type { Metadata } from "next";
import { Suspense } from "react";
import { FiguresSkeleton } from "@/components/archive/figure";
import { Figures } from "@/components/archive/figures";
import { FailedAttempts } from "@/components/archive/platform/failed-attempts";
import { HeldLeases } from "@/components/archive/platform/held-leases";
import { Workers } from "@/components/archive/platform/workers";
import { workspaceColumns } from "@/components/archive/platform/workspace-columns";
import { WorkspaceTable } from "@/components/archive/platform/workspace-table";
import { RefreshWhile } from "@/components/archive/refresh-while";
import { Region } from "@/components/archive/region";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { HealthStrip } from "@/components/health/health-strip";
import { Page } from "@/components/shell/page";
import { PageKeys } from "@/components/shell/page-keys";
import { AsOf } from "@/components/ui/as-of";
import { getPlatformArchive, listFailedAttempts, listHeldLeases } from "@/lib/archive/platform/queries";
import { listMyWorkspaces, requirePlatform } from "@/lib/auth/access";
import { settle, settledPart } from "@/lib/auth/settle";
import { getPlatformHealth, listWorkers } from "@/lib/health/queries";
import { second } from "@/lib/time";

export const metadata: Metadata = { title: "All archives" };

const keys = {
  title: "All archives",
  keys: [
    ["j k", "Next, previous workspace"],
    ["Enter", "Open it"],
  ],
} as const;

export default async function PlatformArchivePage() {
  const scope = await requirePlatform();
  const archive = settle(getPlatformArchive(scope), "platform: archive");
  const health = settle(getPlatformHealth(scope), "platform: health");
  const leases = settle(listHeldLeases(scope), "platform: leases");
  const failed = settle(listFailedAttempts(scope), "platform: attempts");
  const workers = settle(listWorkers(scope), "platform: workers");
  const mine = new Set((await listMyWorkspaces()).map(({ slug }) => slug));
  return (
    <Page
      breadcrumb={[{ label: "Platform" }, { label: "All archives" }]}
      asOf={<AsOf at={new Date().toISOString()} note="every 15 s" />}
    >
      <Suspense fallback={<FiguresSkeleton />}>
        <Figures
          totals={settledPart(archive, ({ totals }) => totals)}
          rates={settledPart(archive, ({ rates }) => rates)}
          errors={settledPart(health, ({ objectStoreErrors24h }) => objectStoreErrors24h)}
        />
      </Suspense>
      <Suspense fallback={<div className="h-17 border-line border-b" />}>
        <Region read={health} failed="The health of the platform cannot be read">
          {(value) => <HealthStrip health={value} />}
        </Region>
      </Suspense>
      <div className="flex flex-col gap-5 px-6 pt-2 pb-6 max-md:px-4">
        <Suspense fallback={<TableSkeleton columns={workspaceColumns} rows={6} className="pt-9" />}>
          <Region read={archive} failed="The workspaces cannot be read">
            {({ workspaces }) => <WorkspaceTable workspaces={workspaces} mine={mine} />}
          </Region>
        </Suspense>
        <div className="grid grid-cols-2 gap-x-8 gap-y-5 max-xl:grid-cols-1">
          <Suspense fallback={<div className="h-24" />}>
            <Region read={leases} failed="The leases cannot be read">
              {(held) => <HeldLeases leases={held} archive={archive} />}
            </Region>
          </Suspense>
          <Suspense fallback={<div className="h-24" />}>
            <Region read={workers} failed="The workers cannot be read">
              {(alive) => <Workers workers={alive} />}
            </Region>
          </Suspense>
        </div>
        <Suspense fallback={<div className="h-24" />}>
          <Region read={failed} failed="The attempts cannot be read">
            {(attempts) => <FailedAttempts attempts={attempts} archive={archive} />}
          </Region>
        </Suspense>
      </div>
      <RefreshWhile everyMs={15 * second} />
      <PageKeys group={keys} />
    </Page>
  );
}
