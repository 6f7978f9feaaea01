import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";
import { usualLook } from "@/lib/runs/list/look";
import { LoadingBars } from "./histogram/run-histogram";
import { runColumns } from "./run-columns";

/** As many rows as a screen holds. */
const rowsOnScreen = 20;
const columns = runColumns(usualLook);

export function RunListSkeleton() {
  return <TableSkeleton columns={columns} rows={rowsOnScreen} className="px-6 max-md:px-4" />;
}

export function RunFilterBarSkeleton() {
  return (
    <div className="flex h-12 items-center gap-1.5 border-line border-b px-6 max-md:px-4">
      {["w-56", "w-18", "w-24", "w-20"].map((width) => (
        <Skeleton key={width} className={`h-7 ${width}`} />
      ))}
    </div>
  );
}

export function RunHistogramSkeleton() {
  return (
    <div className="h-21 border-line border-b px-6 pt-2 max-md:px-4">
      <LoadingBars />
    </div>
  );
}

export function RunTabsSkeleton() {
  return (
    <div className="flex h-9 items-center gap-5 border-line border-b px-6 max-md:px-4">
      {["w-14", "w-18", "w-12", "w-16"].map((width) => (
        <Skeleton key={width} className={width} />
      ))}
    </div>
  );
}
