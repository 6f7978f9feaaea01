import { Page } from "@/components/shell/page";
import { Skeleton } from "@/components/ui/skeleton";

export default function WorkflowLoading() {
  return (
    <Page rail ownHeading breadcrumb={[{ label: "Workflows" }, { label: "Workflow" }]}>
      <div aria-busy="true">
        <span className="sr-only">Loading</span>
        <div className="flex h-13 items-center gap-4 px-4">
          <Skeleton className="h-4 w-48" />
          <Skeleton className="w-36" />
        </div>
        <div className="flex h-9 items-center gap-5 border-line border-b px-4">
          {["w-28", "w-8", "w-10", "w-12"].map((width) => (
            <Skeleton key={width} className={width} />
          ))}
        </div>
      </div>
    </Page>
  );
}
