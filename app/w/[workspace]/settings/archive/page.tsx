import type { Metadata } from "next";
import { createLoader, parseAsString, type SearchParams } from "nuqs/server";
import { ArchivingPanel } from "@/components/archive/policy/archiving-panel";
import { HoldPanel } from "@/components/archive/policy/hold-panel";
import { RetentionPanel } from "@/components/archive/policy/retention-panel";
import { Page } from "@/components/shell/page";
import { toHolds } from "@/lib/archive/acts/queries";
import { listHolds } from "@/lib/archive/hold";
import { getArchivePolicy } from "@/lib/archive/policy/queries";
import { listMarked } from "@/lib/archive/retention/marked";
import { getRetentionState } from "@/lib/archive/retention/policy";
import { requireWorkspace } from "@/lib/auth/access";
import { can } from "@/lib/auth/roles";

export const metadata: Metadata = { title: "Archive policy" };

const loadParams = createLoader({ cursor: parseAsString });

interface ArchivePolicyPageProps {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function ArchivePolicyPage({ params, searchParams }: ArchivePolicyPageProps) {
  const scope = await requireWorkspace((await params).workspace, "archive:read");
  const { cursor } = await loadParams(searchParams);
  const [policy, retention, marked, holds] = await Promise.all([
    getArchivePolicy(scope),
    getRetentionState(scope),
    listMarked(scope),
    listHolds(scope, { cursor }),
  ]);
  const workspace = scope.workspaceSlug;
  const rights = { write: can(scope, "archive:write"), delete: can(scope, "archive:delete") };
  const address = `/w/${workspace}/settings/archive`;
  return (
    <Page
      breadcrumb={[{ label: "Settings" }, { label: "Archive policy" }]}
      className="flex flex-col gap-8 px-6 pt-1 pb-12 max-md:px-4"
    >
      <ArchivingPanel workspace={workspace} policy={policy} mayChange={rights.delete} />
      <RetentionPanel workspace={workspace} state={retention} marked={marked} rights={rights} />
      <HoldPanel
        workspace={workspace}
        holds={await toHolds(scope, holds.rows)}
        firstHref={cursor && `${address}#holds`}
        nextHref={holds.next && `${address}?${new URLSearchParams({ cursor: holds.next })}#holds`}
        rights={rights}
      />
    </Page>
  );
}
