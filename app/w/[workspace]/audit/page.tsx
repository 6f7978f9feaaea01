import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { AuditFilters } from "@/components/audit/audit-filters";
import { AuditList } from "@/components/audit/audit-list";
import { NoEntries } from "@/components/audit/no-entries";
import { ListSteps } from "@/components/logs/list-steps";
import { Page } from "@/components/shell/page";
import { AsOf } from "@/components/ui/as-of";
import { listAudit } from "@/lib/audit/queries";
import { auditSearch, loadAuditParams } from "@/lib/audit/search-params";
import { requireWorkspace } from "@/lib/auth/access";

export const metadata: Metadata = { title: "Audit" };

interface AuditPageProps {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function AuditPage({ params, searchParams }: AuditPageProps) {
  const scope = await requireWorkspace((await params).workspace, "audit:read");
  const filter = await loadAuditParams(searchParams);
  const { rows, next } = await listAudit(scope, filter);
  const workspace = scope.workspaceSlug;
  const { cursor, ...rest } = filter;
  const address = (at: string | null) => `/w/${workspace}/audit${auditSearch({ ...rest, cursor: at })}`;
  const filtered = rest.area !== null || rest.on !== null || rest.by !== null;
  return (
    <Page
      breadcrumb={[{ label: "Audit" }]}
      asOf={<AsOf at={new Date().toISOString()} />}
      className="px-6 pb-12 max-md:px-4"
    >
      <AuditFilters />
      {rows.length > 0 ? (
        <AuditList workspace={workspace} entries={rows} />
      ) : (
        <NoEntries filtered={filtered} clearHref={`/w/${workspace}/audit`} />
      )}
      <ListSteps
        label="Pages of the trail"
        firstHref={cursor && address(null)}
        nextHref={next && address(next)}
      />
    </Page>
  );
}
