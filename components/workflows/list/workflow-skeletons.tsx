import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";
import { workflowColumns } from "./workflow-columns";

export function WorkflowListSkeleton() {
  return <TableSkeleton columns={workflowColumns("", true)} rows={16} className="px-6 max-md:px-4" />;
}

export function WorkflowFilterBarSkeleton() {
  return (
    <div className="flex min-h-12 items-center gap-1.5 border-line border-b px-6 py-2 max-md:flex-wrap max-md:px-4">
      <Skeleton className="h-7 w-64 max-md:h-9 max-md:w-full" />
      <Skeleton className="h-7 w-32 max-md:h-9" />
      <Skeleton className="h-7 w-32 max-md:h-9" />
    </div>
  );
}
