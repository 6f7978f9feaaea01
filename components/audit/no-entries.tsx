import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export function NoEntries({ filtered, clearHref }: { filtered: boolean; clearHref: string }) {
  if (filtered) {
    return (
      <EmptyState
        title="No act matches"
        className="px-0 max-md:px-0"
        actions={
          <Button asChild>
            <Link href={clearHref}>Clear the filters</Link>
          </Button>
        }
      >
        <p>The trail has no entry of this area, by these, on this thing.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nobody has acted yet" className="px-0 max-md:px-0">
      <p>
        Each act that changes something in this workspace will stand here: who, what, why, and what it was
        before. Entries are never changed and never deleted.
      </p>
    </EmptyState>
  );
}
