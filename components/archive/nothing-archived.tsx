import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/lib/format";

export function NoEpisodesToArchive({ workspace }: { workspace: string }) {
  return (
    <EmptyState
      title="Nothing to archive yet"
      actions={
        <Button asChild>
          <Link href={`/w/${workspace}/logs`}>How logs come in</Link>
        </Button>
      }
    >
      <p>
        Each log stream of this workspace will stand here: how many of its rows are live, how many are
        archived, and the proof that the archive holds what was written.
      </p>
    </EmptyState>
  );
}

export function NoChunksYet({ threshold }: { threshold: number | null }) {
  return (
    <p className="py-3 text-12 text-text-2">
      No chunk yet: every row is in the live store.
      {threshold !== null &&
        ` Archiving starts by itself above ${formatCount(threshold)} rows, or when the episode ends.`}
    </p>
  );
}
