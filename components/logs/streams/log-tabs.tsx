import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { segment, segmentGroup } from "@/components/ui/segment";
import type { LogTab } from "@/lib/logs/streams/search-params";

/** The logs of a workspace as a list of streams, or all their rows by time. */
export function LogTabs({ workspace, tab }: { workspace: string; tab: LogTab }) {
  const tabs = [
    ["streams", "Streams", `/w/${workspace}/logs`],
    ["time", "By time", `/w/${workspace}/logs?tab=time`],
  ] as const;
  return (
    <nav aria-label="Logs" className={segmentGroup}>
      {tabs.map(([name, label, href]) => (
        <Link
          key={name}
          href={href}
          aria-current={name === tab ? "page" : undefined}
          className={cn(segment, "max-md:px-2.5")}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
