import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { NewWorkflow } from "@/components/workflows/editor/new-workflow";
import { requireWorkspace } from "@/lib/auth/access";
import { customNodeIds } from "@/lib/workflows/custom-nodes";
import { exampleWorkflow } from "@/lib/workflows/example";
import { listProjects } from "@/lib/workflows/queries";

export const metadata: Metadata = { title: "New workflow" };

export default async function NewWorkflowPage({ params }: PageProps<"/w/[workspace]/workflows/new">) {
  const { workspace } = await params;
  const scope = await requireWorkspace(workspace, "workflows:write");
  const [projects, customNodes] = await Promise.all([listProjects(scope), customNodeIds(scope)]);
  return (
    <Page
      rail
      breadcrumb={[{ label: "Workflows", href: `/w/${workspace}/workflows` }, { label: "New workflow" }]}
      className="flex flex-col md:overflow-hidden"
    >
      {projects.length === 0 ? (
        <EmptyState title="A workflow belongs to a project">
          <p>This workspace has no project yet. An import makes one, and so does an admin.</p>
        </EmptyState>
      ) : (
        <NewWorkflow
          workspace={workspace}
          projects={projects}
          text={`${JSON.stringify(exampleWorkflow, null, 2)}\n`}
          customNodes={[...customNodes]}
        />
      )}
    </Page>
  );
}
