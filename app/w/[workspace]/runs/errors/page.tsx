import type { Metadata } from "next";
import Link from "next/link";
import type { SearchParams } from "nuqs/server";
import { RowKeys } from "@/components/data-table/row-keys";
import { ClosedToggle } from "@/components/runs/failures/closed-toggle";
import { ErrorList, errorsWords } from "@/components/runs/failures/error-list";
import { RunTabs } from "@/components/runs/run-list/run-tabs";
import { Page } from "@/components/shell/page";
import { AsOf } from "@/components/ui/as-of";
import { EmptyState } from "@/components/ui/empty-state";
import { segment, segmentGroup } from "@/components/ui/segment";
import { requireWorkspace } from "@/lib/auth/access";
import { can } from "@/lib/auth/roles";
import { formatCount, formatInstant } from "@/lib/format";
import { listErrorFailures, listErrorGroups } from "@/lib/runs/failures/error-groups";
import { failureQuery, loadFailureParams, windowOf } from "@/lib/runs/failures/search-params";
import { runViewsPlace } from "@/lib/runs/views/tabs";
import { listViews } from "@/lib/saved-views/queries";

export const metadata: Metadata = { title: "Errors" };

const windows = [
  ["1", "24 h"],
  ["7", "7 d"],
  ["30", "30 d"],
] as const;

interface ErrorsPageProps {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<SearchParams>;
}

/** The errors of tasks, of each attempt that failed: those that differ in their values alone are one. */
export default async function ErrorsPage({ params, searchParams }: ErrorsPageProps) {
  const scope = await requireWorkspace((await params).workspace, "runs:read");
  const shown = await loadFailureParams(searchParams);
  const days = windowOf(shown);
  const [groups, failures, views] = await Promise.all([
    listErrorGroups(scope, days),
    shown.group === null ? null : listErrorFailures(scope, shown.group, days),
    listViews(scope, runViewsPlace),
  ]);
  const workspace = scope.workspaceSlug;
  const hrefOf = (patch: Partial<typeof shown>) =>
    `/w/${workspace}/runs/errors${failureQuery({ ...shown, group: null, ...patch })}`;
  const list = shown.closed ? groups.closed : groups.open;
  return (
    <Page
      breadcrumb={[{ label: "Runs", href: `/w/${workspace}/runs` }, { label: "Errors" }]}
      asOf={<AsOf at={groups.asOf} />}
      actions={
        <nav aria-label="Time" className={segmentGroup}>
          {windows.map(([value, label]) => (
            <Link
              key={value}
              href={hrefOf({ days: value })}
              aria-current={value === shown.days ? "page" : undefined}
              className={segment}
            >
              {label}
            </Link>
          ))}
        </nav>
      }
    >
      <RunTabs workspace={workspace} here="errors" views={views} />
      <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 px-6 py-2 max-md:px-4">
        <p className="min-w-0 text-text-2">
          {errorsWords(groups.open.length + groups.closed.length, groups.failures, days)}
          {groups.readFrom && (
            <span className="text-warn-text">
              , the latest {formatCount(groups.failures)} were read, back to {formatInstant(groups.readFrom)}
            </span>
          )}
          .
        </p>
        <ClosedToggle
          closed={shown.closed}
          openHref={hrefOf({ closed: false })}
          closedHref={hrefOf({ closed: true })}
          open={groups.open.length}
          count={groups.closed.length}
        />
      </div>
      {list.length > 0 ? (
        <div className="px-6 pb-12 max-md:px-4">
          <ErrorList
            workspace={workspace}
            groups={list}
            open={shown.group !== null && failures ? { fingerprint: shown.group, failures } : null}
            hrefOf={(group) => hrefOf({ group })}
            mayWrite={can(scope, "runs:write")}
          />
          <RowKeys />
        </div>
      ) : (
        <EmptyState title={emptyTitle(shown.closed, groups.closed.length)}>
          <p>
            {shown.closed
              ? "An error that somebody resolves or ignores stands here with the reason, as long as that holds."
              : "Errors of tasks are put together here, also of those that were retried: those that differ in numbers, ids and paths alone are one."}
          </p>
        </EmptyState>
      )}
    </Page>
  );
}

/** That every error was seen to is another thing than that there was none. */
function emptyTitle(closed: boolean, closedErrors: number): string {
  if (closed) return "Nothing was resolved or ignored";
  return closedErrors > 0 ? "Every error is resolved or ignored" : "No task has failed";
}
