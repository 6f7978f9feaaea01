import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { archiveColumns } from "./episode-columns";
import { FiguresSkeleton } from "./figures";

export function ArchiveSkeleton() {
  return (
    <>
      <FiguresSkeleton />
      <div className="h-9" />
      <TableSkeleton columns={archiveColumns} rows={8} className="px-6 max-md:px-4" />
    </>
  );
}
