import Link from "next/link";
import { Button } from "@/components/ui/button";

interface ListStepsProps {
  /** Spoken name: "Pages of episodes". */
  label: string;
  firstHref: string | null;
  nextHref: string | null;
}

/** A list that only pages on: its order moves while one reads, so "back" would not lead where one was. The browser's back does. */
export function ListSteps({ label, firstHref, nextHref }: ListStepsProps) {
  if (!firstHref && !nextHref) return null;
  return (
    <nav aria-label={label} className="flex justify-end gap-2 pt-2">
      {firstHref && (
        <Button asChild variant="ghost">
          <Link href={firstHref}>First page</Link>
        </Button>
      )}
      {nextHref && (
        <Button asChild>
          <Link href={nextHref}>Next page</Link>
        </Button>
      )}
    </nav>
  );
}
