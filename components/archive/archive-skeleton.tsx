import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";
import { archiveColumns } from "./episode-columns";
import { FiguresSkeleton } from "./figure";

export function ArchiveSkeleton() {
  return (
    <>
      <FiguresSkeleton />
      <div className="h-8 border-line border-b" />
      <div className="h-17" />
      <TableSkeleton columns={archiveColumns} rows={8} className="px-6 max-md:px-4" />
    </>
  );
}

/** Three lines of cells and the facts of one. */
export function ChunksSkeleton() {
  return (
    <div aria-busy="true" className="min-h-60 pt-3 pl-9.5 max-md:pl-0">
      <span className="sr-only">Loading</span>
      {[1, 2, 3].map((line) => (
        <Skeleton key={line} className="mt-1.5 h-5 w-full" />
      ))}
      <Skeleton className="mt-5 w-2/3" />
      <Skeleton className="mt-3 w-1/2" />
    </div>
  );
}

export function ProofSkeleton() {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading</span>
      <div className="flex h-9 items-center border-line border-b font-semibold">Proof</div>
      <div aria-hidden="true" className="mt-3 h-58 rounded-2 border border-line px-4 py-4">
        <Skeleton className="w-24" />
        <Skeleton className="mt-4 w-3/4" />
        <Skeleton className="mt-3 w-2/3" />
      </div>
    </div>
  );
}
