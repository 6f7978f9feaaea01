import { Skeleton } from "@/components/ui/skeleton";

const rows = ["w-24", "w-32", "w-20", "w-28", "w-36", "w-24", "w-28", "w-20", "w-32", "w-24"];
const boxes = ["left-4 top-28", "left-42 top-10", "left-42 top-44", "left-80 top-28", "left-118 top-28"];

/** The page without its words, in the same sizes. */
export function RunPageSkeleton() {
  return (
    <div role="status" aria-label="Reading the run" className="flex min-h-0 grow flex-col">
      <div className="grid shrink-0 gap-2.5 border-line border-b px-4 py-3">
        <div className="flex h-7 items-center justify-between">
          <Skeleton className="h-4 w-48" />
          <Skeleton className="w-80 max-md:hidden" />
        </div>
        <Skeleton className="h-1.5 w-full" />
        <div className="flex h-6 items-center gap-4">
          <Skeleton className="w-24" />
          <Skeleton className="w-20" />
        </div>
      </div>
      <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)_minmax(0,var(--inspector))] in-data-[inspector=closed]:grid-cols-[minmax(0,1fr)] max-md:grid-cols-1!">
        <div className="flex min-h-0 flex-col overflow-hidden border-line border-r max-md:hidden">
          <div className="flex h-9 shrink-0 items-center gap-5 border-line border-b px-4">
            <Skeleton className="w-28" />
            <Skeleton className="w-16" />
          </div>
          <div className="relative h-64 shrink-0 border-line border-b">
            {boxes.map((place) => (
              <div key={place} className={`absolute h-9.5 w-26.5 rounded-2 border border-line ${place}`} />
            ))}
          </div>
          <div className="h-7 shrink-0 border-line border-b" />
          {rows.map((width, index) => (
            <div key={`${width} ${String(index)}`} className="flex h-6 shrink-0 items-center gap-4 px-4">
              <Skeleton className={width} />
            </div>
          ))}
        </div>
        <div className="flex flex-col gap-3 px-4 py-4 md:in-data-[inspector=closed]:hidden">
          <Skeleton className="h-3 w-56" />
          <Skeleton className="mt-6 w-full" />
          <Skeleton className="w-4/5" />
          <Skeleton className="w-2/3" />
        </div>
      </div>
    </div>
  );
}
