import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";

interface PagerProps {
  /** Spoken name: "Pages of runs". */
  label: string;
  newerHref: string | null;
  olderHref: string | null;
}

/** Keyset paging: there is a newer side and an older side, and no number of pages to promise. */
export function Pager({ label, newerHref, olderHref }: PagerProps) {
  if (!newerHref && !olderHref) return null;
  return (
    <nav aria-label={label} className="flex justify-end gap-2 py-3">
      <Step href={newerHref} rel="prev">
        <ChevronLeft size={14} aria-hidden="true" />
        Newer
      </Step>
      <Step href={olderHref} rel="next">
        Older
        <ChevronRight size={14} aria-hidden="true" />
      </Step>
    </nav>
  );
}

function Step({ href, rel, children }: { href: string | null; rel: string; children: React.ReactNode }) {
  if (!href) return <Button disabled>{children}</Button>;
  return (
    <Button asChild>
      <Link href={href} rel={rel}>
        {children}
      </Link>
    </Button>
  );
}
