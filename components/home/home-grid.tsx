import type { ReactNode } from "react";

interface HomeGridProps {
  lead: ReactNode;
  /** What happens, from the most urgent down. */
  left: ReactNode;
  /** How healthy it is; under the rest where there is no room beside it. */
  right: ReactNode;
}

export function HomeGrid({ lead, left, right }: HomeGridProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_416px] content-start gap-x-10 px-6 pt-5 pb-6 max-xl:grid-cols-1 max-md:px-4 max-md:pt-3">
      <div className="col-span-full">{lead}</div>
      <div className="flex min-w-0 flex-col gap-5">{left}</div>
      <div className="flex min-w-0 flex-col gap-5 max-xl:mt-5">{right}</div>
    </div>
  );
}
