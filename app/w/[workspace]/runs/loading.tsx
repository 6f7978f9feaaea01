import {
  RunFilterBarSkeleton,
  RunHistogramSkeleton,
  RunListSkeleton,
  RunTabsSkeleton,
} from "@/components/runs/run-list/run-list-skeleton";
import { Page } from "@/components/shell/page";

export default function RunsLoading() {
  return (
    <Page breadcrumb={[{ label: "Runs" }]}>
      <RunTabsSkeleton />
      <RunFilterBarSkeleton />
      <RunHistogramSkeleton />
      <RunListSkeleton />
    </Page>
  );
}
