import { Skeleton } from "@/components/ui/skeleton";

const lines = Array.from({ length: 36 }, (_, line) => ({ line, width: 25 + ((line * 37) % 55) }));
const facets = ["a", "b", "c", "d", "e"];

/** The frame of the explorer with rows of the right height: what comes takes its place and moves nothing. */
export function ExplorerSkeleton() {
  return (
    <div aria-busy="true" className="flex min-h-0 grow flex-col">
      <span className="sr-only">Loading</span>
      <div className="flex h-12 shrink-0 items-center border-line border-b px-3">
        <span className="h-8 grow rounded-2 border border-line-strong" />
      </div>
      <div className="grid min-h-0 grow grid-cols-[240px_minmax(0,1fr)_28px] overflow-hidden max-lg:grid-cols-[minmax(0,1fr)_28px] max-md:grid-cols-[minmax(0,1fr)_14px]">
        <div className="border-line border-r px-3 py-1 max-lg:hidden">
          <Skeleton className="my-2.5 w-12" />
          {facets.map((facet) => (
            <Skeleton key={facet} className="my-4.5 w-full" />
          ))}
        </div>
        <div className="overflow-hidden">
          <div className="-mr-7 h-29.25 border-line border-b max-md:h-24" />
          {lines.map(({ line, width }) => (
            <div key={line} className="flex h-5 items-center gap-4 pl-3">
              <Skeleton className="w-10 max-md:hidden" />
              <Skeleton className="w-18" />
              <span className="h-2 rounded-1 bg-active" style={{ width: `${width}%` }} />
            </div>
          ))}
        </div>
        <div className="mt-29.25 border-line border-l" />
      </div>
      <div className="h-7 shrink-0 border-line border-t bg-canvas" />
    </div>
  );
}
