import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { episodeColumns } from "./episode-columns";

export function EpisodeListSkeleton() {
  return <TableSkeleton columns={episodeColumns("")} rows={20} className="px-6 max-md:px-4" />;
}

export function EpisodeSearchSkeleton() {
  return (
    <div className="flex min-h-12 items-center border-line border-b px-6 py-2 max-md:px-4">
      <span className="h-7 w-64 rounded-2 border border-line-strong max-md:h-9" />
    </div>
  );
}
