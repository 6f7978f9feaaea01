import { GitCompareArrows, ScrollText } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";

/** At the end of the run's top bar: where else one can look at it. */
export function RunActions({ workspace, runId }: { workspace: string; runId: string }) {
  const run = encodeURIComponent(runId);
  return (
    <>
      <Button asChild className="max-md:w-9 max-md:px-0">
        <Link href={`/w/${workspace}/logs?run=${run}`} aria-label="Logs of all tasks">
          <ScrollText size={14} aria-hidden="true" />
          <span className="max-md:sr-only">Logs</span>
        </Link>
      </Button>
      <Button asChild className="max-md:w-9 max-md:px-0">
        <Link href={`/w/${workspace}/runs/${run}/compare`}>
          <GitCompareArrows size={14} aria-hidden="true" />
          <span className="max-md:sr-only">Compare logs</span>
        </Link>
      </Button>
    </>
  );
}
