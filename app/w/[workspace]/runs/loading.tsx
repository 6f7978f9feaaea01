import { RunFilterBarSkeleton, RunListSkeleton } from "@/components/runs/run-list/run-list-skeleton";
import { Page } from "@/components/shell/page";

export default function RunsLoading() {
  return (
    <Page breadcrumb={[{ label: "Runs" }]}>
      <RunFilterBarSkeleton />
      <RunListSkeleton />
    </Page>
  );
}
