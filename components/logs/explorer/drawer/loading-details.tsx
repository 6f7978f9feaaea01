import { Skeleton } from "@/components/ui/skeleton";

export function LoadingDetails() {
  return (
    <div role="status" className="mt-3 flex flex-col gap-3">
      <span className="sr-only">reading the row</span>
      <Skeleton className="h-2.5 w-11/12" />
      <Skeleton className="h-2.5 w-full" />
      <Skeleton className="mb-3 h-2.5 w-3/5" />
      <Skeleton className="h-2.5 w-4/5" />
      <Skeleton className="h-2.5 w-3/4" />
      <Skeleton className="h-2.5 w-2/3" />
    </div>
  );
}
