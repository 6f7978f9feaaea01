import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { BackToWorkflows } from "@/components/workflows/back-to-workflows";

export default function WorkflowNotFound() {
  return (
    <Page breadcrumb={[{ label: "Workflows" }, { label: "No such workflow" }]}>
      <EmptyState title="There is no such workflow in this workspace" actions={<BackToWorkflows />}>
        <p>The link may be cut off, or the workflow belongs to another workspace.</p>
      </EmptyState>
    </Page>
  );
}
