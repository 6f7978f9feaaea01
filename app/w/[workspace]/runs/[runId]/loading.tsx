import { RunPageSkeleton } from "@/components/runs/run-page/run-page-skeleton";
import { Page } from "@/components/shell/page";

export default function RunLoading() {
  return (
    <Page
      rail
      ownHeading
      breadcrumb={[{ label: "Runs" }, { label: "Run" }]}
      className="flex flex-col md:overflow-hidden"
    >
      <RunPageSkeleton />
    </Page>
  );
}
