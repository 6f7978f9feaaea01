import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";

/** A panel whose rows are still being read, in their height. */
export function ListSkeleton({ title, rows }: { title: string; rows: number }) {
  return (
    <Panel title={title}>
      <div aria-busy="true">
        <span className="sr-only">Loading</span>
        {[...Array(rows).keys()].map((row) => (
          <div key={row} className="flex h-9 items-center gap-6 border-line border-b">
            <Skeleton className="size-3" />
            <Skeleton className="w-20" />
            <Skeleton className="w-1/3" />
            <Skeleton className="ml-auto w-24" />
          </div>
        ))}
      </div>
    </Panel>
  );
}

export function ChartSkeleton({ title }: { title: string }) {
  return (
    <Panel title={title}>
      <div aria-busy="true" className="pt-3.5">
        <Skeleton className="h-24 w-full" />
        <div className="h-5" />
      </div>
    </Panel>
  );
}

export function HealthSkeleton() {
  return (
    <Panel title="Health">
      <div aria-busy="true" className="grid grid-cols-2 border-line border-b">
        {["a", "b", "c", "d", "e", "f"].map((key) => (
          <div
            key={key}
            className="flex h-29 flex-col justify-between border-line py-3.5 pr-4 odd:border-r even:pl-4 [&:nth-child(n+3)]:border-t"
          >
            <Skeleton className="w-20" />
            <Skeleton className="h-5 w-16" />
            <Skeleton className="w-28" />
          </div>
        ))}
      </div>
    </Panel>
  );
}
