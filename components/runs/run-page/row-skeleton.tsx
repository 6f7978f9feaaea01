import { Skeleton } from "@/components/ui/skeleton";

const widths = ["w-40", "w-56", "w-32", "w-48", "w-44", "w-36"];

/** As many rows as will be there, as far as one knows, in their height. */
export function RowSkeleton({ rows, label }: { rows: number; label: string }) {
  const shown = Math.min(Math.max(rows, 1), 12);
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: shown }, (_, index) => (
        <div key={String(index)} className="flex h-9 items-center gap-6 border-line border-b px-4">
          <Skeleton className={widths[index % widths.length]} />
          <Skeleton className="ml-auto w-16" />
        </div>
      ))}
    </div>
  );
}
