import Link from "next/link";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";

interface SearchedSoFarProps {
  searched: number;
  olderHref: string | null;
}

/** Looking ended because it had been far enough, not because there is nothing more. */
export function SearchedSoFar({ searched, olderHref }: SearchedSoFarProps) {
  return (
    <p className="flex h-10 items-center gap-3 border-line border-b text-text-2">
      Searched {formatCount(searched)} runs up to here.
      {olderHref && (
        <Button asChild size="sm">
          <Link href={olderHref}>Search on</Link>
        </Button>
      )}
    </p>
  );
}
