import { Pencil, Play } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { PublishButton } from "@/components/workflows/page/publish-button";
import { WorkflowHeader } from "@/components/workflows/page/workflow-header";
import { WorkflowPart } from "@/components/workflows/page/workflow-part";
import { WorkflowTabs } from "@/components/workflows/page/workflow-tabs";
import { requireWorkspace } from "@/lib/auth/access";
import { can } from "@/lib/auth/roles";
import { getWorkflowWithFigures, listVersions } from "@/lib/workflows/queries";
import { loadWorkflowPageParams, startQuery, workflowPageQuery } from "@/lib/workflows/search-params";

export const metadata: Metadata = { title: "Workflow" };

export default async function WorkflowPage({
  params,
  searchParams,
}: PageProps<"/w/[workspace]/workflows/[workflowId]">) {
  const { workspace, workflowId } = await params;
  const scope = await requireWorkspace(workspace, "workflows:read");
  const [workflow, versions, chosen] = await Promise.all([
    getWorkflowWithFigures(scope, workflowId),
    listVersions(scope, workflowId),
    loadWorkflowPageParams(searchParams),
  ]);
  if (!workflow) notFound();

  const address = `/w/${workspace}/workflows/${encodeURIComponent(workflowId)}`;
  const usable = workflow.status !== "archived";
  const shown = chosen.version ?? workflow.publishedVersionNumber ?? workflow.latestVersionNumber;
  const canStart = usable && can(scope, "runs:write");
  const canWrite = can(scope, "workflows:write");
  const startAddress = canStart ? `${address}/start` : null;
  return (
    <Page
      rail
      ownHeading
      breadcrumb={[
        { label: "Workflows", href: `/w/${workspace}/workflows` },
        ...(workflow.projectName
          ? [
              {
                label: workflow.projectName,
                href: `/w/${workspace}/workflows?project=${encodeURIComponent(workflow.projectId)}`,
              },
            ]
          : []),
        { label: workflow.name },
      ]}
      actions={
        <>
          {canWrite && usable && shown !== workflow.publishedVersionNumber && (
            <PublishButton workspace={workspace} workflowId={workflowId} versionNumber={shown} />
          )}
          {canWrite && usable && (
            <Button asChild>
              <Link href={`${address}/edit${workflowPageQuery({ version: shown })}`}>
                <Pencil size={14} aria-hidden="true" />
                Edit
              </Link>
            </Button>
          )}
          {startAddress && (
            <Button asChild variant="primary">
              <Link href={startAddress + startQuery({ version: chosen.version })}>
                <Play size={14} aria-hidden="true" />
                Start run
              </Link>
            </Button>
          )}
        </>
      }
      className="flex flex-col md:overflow-hidden"
    >
      <WorkflowHeader address={address} workflow={workflow} />
      <WorkflowTabs address={address} tab={chosen.tab} />
      <WorkflowPart
        scope={scope}
        workflow={workflow}
        versions={versions}
        shown={shown}
        chosen={chosen}
        startAddress={startAddress}
        canWrite={canWrite}
      />
    </Page>
  );
}
