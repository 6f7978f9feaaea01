import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** The pages about many runs. */
const sections = [
  ["failures", "Unresolved", "/runs/failures"],
  ["errors", "Errors", "/runs/errors"],
  ["bulk", "Bulk jobs", "/runs/bulk"],
] as const;
export type RunSection = "runs" | (typeof sections)[number][0];

interface RunTabsProps {
  workspace: string;
  here: RunSection;
  /** The saved views, between all runs and the other pages. */
  children?: ReactNode;
}

/** All runs and the saved views of them, then what else there is about runs. */
export function RunTabs({ workspace, here, children }: RunTabsProps) {
  return (
    <nav
      aria-label="Runs"
      className="flex h-9 items-stretch gap-5 overflow-x-auto border-line border-b px-6 [scrollbar-width:none] max-md:gap-4 max-md:px-4"
    >
      {children ?? (
        <RunTab href={`/w/${workspace}/runs?saved=all`} current={here === "runs"}>
          All runs
        </RunTab>
      )}
      <span className="ml-auto flex items-stretch gap-5 max-md:ml-0 max-md:gap-4">
        {sections.map(([name, label, path]) => (
          <RunTab key={name} href={`/w/${workspace}${path}`} current={here === name}>
            {label}
          </RunTab>
        ))}
      </span>
    </nav>
  );
}

interface RunTabProps {
  href: string;
  current: boolean;
  children: ReactNode;
}

export function RunTab({ href, current, children }: RunTabProps) {
  return (
    <Link
      href={href}
      aria-current={current ? "page" : undefined}
      className={cn(
        "focus-inset -mb-px inline-flex items-center gap-1.5 whitespace-nowrap border-b-2 border-transparent pt-px font-medium text-text-2 transition-colors hover:text-text",
        current && "border-text text-text",
      )}
    >
      {children}
    </Link>
  );
}
