import { Skeleton } from "@/components/ui/skeleton";

export function LogSettingsSkeleton() {
  return (
    <div className="px-6 pt-3 max-md:px-4">
      <Skeleton className="w-36" />
      {[1, 2, 3].map((row) => (
        <div key={row} className="flex h-18 flex-col justify-center gap-3 border-line border-b">
          <Skeleton className="w-48" />
          <Skeleton className="w-80 max-w-full" />
        </div>
      ))}
    </div>
  );
}
