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

/** The archives of all workspaces, worst first. */
export function WorkspaceTable({ workspaces, mine }: WorkspaceTableProps) {
  return (
    <section aria-labelledby="workspaces-heading">
      <div className="flex h-9 items-center gap-2">
        <h2 id="workspaces-heading" className="font-semibold">
          Workspaces
        </h2>
        <span className="text-text-3">{formatCount(workspaces.length)} with logs, sorted by risk</span>
      </div>
      {workspaces.length === 0 ? (
        <EmptyState title="No workspace has logs yet" className="px-0">
          <p>Each workspace will stand here as soon as something writes a log to it.</p>
        </EmptyState>
      ) : (
        <DataTable<WorkspaceArchive>
          label="Workspaces by risk"
          columns={workspaceColumns}
          rows={workspaces}
          rowId={({ workspaceId }) => workspaceId}
          rowHref={({ slug }) => addressOf(slug, mine)}
          rowData={({ slug }) => ({ "data-testid": `workspace-row-${slug}` })}
          rowClassName={workspaceRowClass}
        />
      )}
      <RowKeys />
    </section>
  );
}

function addressOf(slug: string | null, mine: ReadonlySet<string>): string {
  if (slug === null) return "/admin/archive";
  return mine.has(slug) ? `/w/${slug}/archive` : `/admin/archive/${slug}`;
}
