import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { EditVersion } from "@/components/workflows/editor/edit-version";
import { requireWorkspace } from "@/lib/auth/access";
import { customNodeIds } from "@/lib/workflows/custom-nodes";
import { writeGraphText } from "@/lib/workflows/graph-text";
import { getVersionGraph, getWorkflow } from "@/lib/workflows/queries";
import { loadWorkflowPageParams } from "@/lib/workflows/search-params";

export const metadata: Metadata = { title: "Edit workflow" };

export default async function EditWorkflowPage({
  params,
  searchParams,
}: PageProps<"/w/[workspace]/workflows/[workflowId]/edit">) {
  const { workspace, workflowId } = await params;
  const scope = await requireWorkspace(workspace, "workflows:write");
  const [workflow, asked, customNodes] = await Promise.all([
    getWorkflow(scope, workflowId),
    loadWorkflowPageParams(searchParams),
    customNodeIds(scope),
  ]);
  if (!workflow) notFound();
  const { name, status, latestVersionNumber: latest } = workflow;
  const version = asked.version ?? latest;
  const graph = await getVersionGraph(scope, workflowId, version);
  const address = `/w/${workspace}/workflows/${encodeURIComponent(workflowId)}`;
  return (
    <Page
      rail
      breadcrumb={[
        { label: "Workflows", href: `/w/${workspace}/workflows` },
        { label: name, href: address },
        { label: `Edit version ${version}` },
      ]}
      className="flex flex-col md:overflow-hidden"
    >
      {graph && status !== "archived" ? (
        <EditVersion
          workspace={workspace}
          workflowId={workflowId}
          address={address}
          text={writeGraphText(name, graph)}
          latest={latest}
          customNodes={[...customNodes]}
        />
      ) : (
        <EmptyState title="This cannot be edited">
          <p>
            {graph
              ? "The workflow is archived. Restore it under Settings first."
              : `There is no version ${version}.`}
          </p>
        </EmptyState>
      )}
    </Page>
  );
}
