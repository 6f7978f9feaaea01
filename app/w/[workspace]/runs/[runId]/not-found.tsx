import { BackToRuns } from "@/components/runs/run-page/back-to-runs";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";

export default function RunNotFound() {
  return (
    <Page rail breadcrumb={[{ label: "Runs" }, { label: "No such run" }]}>
      <EmptyState title="There is no such run in this workspace" actions={<BackToRuns />}>
        <p>The link may be cut off, or the run belongs to another workspace.</p>
      </EmptyState>
    </Page>
  );
}
