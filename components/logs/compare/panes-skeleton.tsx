import { Skeleton } from "@/components/ui/skeleton";

const widths = [
  "w-64",
  "w-48",
  "w-72",
  "w-56",
  "w-40",
  "w-64",
  "w-52",
  "w-72",
  "w-44",
  "w-60",
  "w-56",
  "w-48",
];

/** Lines at the height they will have. */
export function PanesSkeleton() {
  return (
    <div
      role="status"
      aria-label="Reading the rows of both"
      className="grid grow grid-cols-2 content-start gap-x-16"
    >
      {widths.flatMap((width, index) =>
        ["a", "b"].map((side) => (
          <span key={`${side} ${String(index)}`} className="flex h-5 items-center pl-4">
            <Skeleton className={width} />
          </span>
        )),
      )}
    </div>
  );
}
