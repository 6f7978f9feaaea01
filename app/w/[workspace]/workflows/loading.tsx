import { Page } from "@/components/shell/page";
import {
  WorkflowFilterBarSkeleton,
  WorkflowListSkeleton,
} from "@/components/workflows/list/workflow-skeletons";

export default function WorkflowsLoading() {
  return (
    <Page breadcrumb={[{ label: "Workflows" }]}>
      <WorkflowFilterBarSkeleton />
      <WorkflowListSkeleton />
    </Page>
  );
}
