import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";
import { runColumns } from "./run-columns";

/** As many rows as a screen holds. */
const rowsOnScreen = 24;

export function RunListSkeleton() {
  return <TableSkeleton columns={runColumns} rows={rowsOnScreen} className="px-6 max-md:px-4" />;
}

export function RunFilterBarSkeleton() {
  return (
    <div className="flex h-12 items-center gap-1.5 border-line border-b px-6 max-md:px-4">
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <Skeleton key={key} className="h-6 w-20" />
      ))}
    </div>
  );
}
