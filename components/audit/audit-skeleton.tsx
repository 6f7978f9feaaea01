import { Skeleton } from "@/components/ui/skeleton";

export function AuditSkeleton() {
  return (
    <div aria-hidden="true">
      <div className="h-12 border-line border-b" />
      {Array.from({ length: 12 }, (_, row) => `row ${row}`).map((row) => (
        <div
          key={row}
          className="grid h-14 grid-cols-[128px_minmax(0,1fr)] items-center gap-x-4 border-line border-b"
        >
          <Skeleton className="w-20" />
          <Skeleton className="w-96 max-w-full" />
        </div>
      ))}
    </div>
  );
}
