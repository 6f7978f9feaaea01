import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { ClosedToggle } from "@/components/runs/failures/closed-toggle";
import { UnresolvedTable } from "@/components/runs/failures/unresolved-table";
import { RunTabs } from "@/components/runs/run-list/run-tabs";
import { Page } from "@/components/shell/page";
import { AsOf } from "@/components/ui/as-of";
import { EmptyState } from "@/components/ui/empty-state";
import { requireWorkspace } from "@/lib/auth/access";
import { can } from "@/lib/auth/roles";
import { formatCount, formatPlural } from "@/lib/format";
import { failureQuery, loadFailureParams } from "@/lib/runs/failures/search-params";
import { listUnresolved } from "@/lib/runs/failures/unresolved";
import { runViewsPlace } from "@/lib/runs/views/tabs";
import { listViews } from "@/lib/saved-views/queries";

export const metadata: Metadata = { title: "Unresolved failures" };

interface FailuresPageProps {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<SearchParams>;
}

/** Failures that nothing has made good, one row for each lineage of runs. */
export default async function FailuresPage({ params, searchParams }: FailuresPageProps) {
  const scope = await requireWorkspace((await params).workspace, "runs:read");
  const [{ closed }, failures, views] = await Promise.all([
    loadFailureParams(searchParams),
    listUnresolved(scope),
    listViews(scope, runViewsPlace),
  ]);
  const workspace = scope.workspaceSlug;
  const address = `/w/${workspace}/runs/failures`;
  const rows = closed ? failures.closed : failures.open;
  return (
    <Page
      breadcrumb={[{ label: "Runs", href: `/w/${workspace}/runs` }, { label: "Unresolved" }]}
      asOf={<AsOf at={failures.asOf} />}
    >
      <RunTabs workspace={workspace} here="failures" views={views} />
      <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 px-6 py-2 max-md:px-4">
        <p className="min-w-0 text-text-2">
          <b className="font-semibold text-text">{formatPlural(failures.open.length, "failure")}</b> of the
          last {failures.days} days that no later run has made good
          {failures.more && ", among the newest 500 failed runs"}.
        </p>
        <ClosedToggle
          closed={closed}
          openHref={address}
          closedHref={address + failureQuery({ closed: true })}
          open={failures.open.length}
          count={failures.closed.length}
        />
      </div>
      {rows.length > 0 ? (
        <div className="px-6 pb-12 max-md:px-4">
          <UnresolvedTable
            workspace={workspace}
            label={closed ? "Closed failures" : "Unresolved failures"}
            rows={rows}
            mayWrite={can(scope, "runs:write")}
          />
        </div>
      ) : (
        <EmptyState title={closed ? "Nothing was resolved or ignored" : "Nothing is unresolved"}>
          <p>
            {closed
              ? `A failure that somebody resolves or ignores stands here with the reason. ${formatCount(failures.open.length)} are open.`
              : "A run that fails is listed here until a retry of it succeeds, or a later run of the same workflow with the same inputs."}
          </p>
        </EmptyState>
      )}
    </Page>
  );
}
