import { Skeleton } from "@/components/ui/skeleton";

const panels = [
  { name: "archiving", lines: 4 },
  { name: "retention", lines: 2 },
  { name: "holds", lines: 2 },
];

export function PolicySkeleton() {
  return (
    <div className="flex flex-col gap-8 px-6 pt-3 max-md:px-4">
      {panels.map(({ name, lines }) => (
        <div key={name}>
          <Skeleton className="w-48" />
          {Array.from({ length: lines }, (_, line) => `line ${line}`).map((line) => (
            <div key={line} className="flex h-8 items-center border-line border-b">
              <Skeleton className="w-80 max-w-full" />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
