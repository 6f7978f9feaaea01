import { DataTable } from "@/components/data-table/data-table";
import { RowKeys } from "@/components/data-table/row-keys";
import { EmptyState } from "@/components/ui/empty-state";
import type { WorkspaceArchive } from "@/lib/archive/platform/schema";
import { formatCount } from "@/lib/format";
import { workspaceColumns, workspaceRowClass } from "./workspace-columns";

interface WorkspaceTableProps {
  workspaces: readonly WorkspaceArchive[];
  /** Slugs of those that the admin is a member of: they open as the workspace's own page. */
  mine: ReadonlySet<string>;
}

/** The figures above count all of them; what needs nobody is not drawn by the thousand. */
const mostShown = 500;

/** The archives of all workspaces, worst first. */
export function WorkspaceTable({ workspaces, mine }: WorkspaceTableProps) {
  return (
    <section aria-labelledby="workspaces-heading">
      <div className="flex h-9 items-center gap-2">
        <h2 id="workspaces-heading" className="font-semibold">
          Workspaces
        </h2>
        <span className="text-text-3">
          {workspaces.length > mostShown && `the first ${formatCount(mostShown)} of `}
          {formatCount(workspaces.length)} with logs, sorted by risk
        </span>
      </div>
      {workspaces.length === 0 ? (
        <EmptyState title="No workspace has logs yet" className="px-0">
          <p>Each workspace will stand here as soon as something writes a log to it.</p>
        </EmptyState>
      ) : (
        <div className="max-h-105 overflow-y-auto [--page-top:0px] max-md:-mx-4 max-md:max-h-[60dvh] max-md:px-4">
          <DataTable<WorkspaceArchive>
            label="Workspaces by risk"
            columns={workspaceColumns}
            rows={workspaces.slice(0, mostShown)}
            rowId={({ workspaceId }) => workspaceId}
            rowHref={({ slug }) => addressOf(slug, mine)}
            rowData={({ slug }) => ({ "data-testid": `workspace-row-${slug}` })}
            rowClassName={workspaceRowClass}
          />
        </div>
      )}
      <RowKeys />
    </section>
  );
}

function addressOf(slug: string | null, mine: ReadonlySet<string>): string {
  if (slug === null) return "/admin/archive";
  return mine.has(slug) ? `/w/${slug}/archive` : `/admin/archive/${slug}`;
}
