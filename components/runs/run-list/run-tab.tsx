import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export const tabClass =
  "focus-inset -mb-px inline-flex items-center gap-1.5 whitespace-nowrap border-b-2 border-transparent pt-px font-medium text-text-2 transition-colors hover:text-text";

interface RunTabProps {
  href: string;
  current: boolean;
  /** The age of what it counts. */
  title?: string;
  className?: string;
  children: ReactNode;
}

export function RunTab({ href, current, title, className, children }: RunTabProps) {
  return (
    <Link
      href={href}
      title={title}
      aria-current={current ? "page" : undefined}
      className={cn(tabClass, current && "border-text text-text", className)}
    >
      {children}
    </Link>
  );
}
