import { GitCompareArrows } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import { formatCount, formatPlural } from "@/lib/format";
import type { VersionRow } from "@/lib/workflows/schema";
import { workflowPageQuery } from "@/lib/workflows/search-params";

interface VersionRailProps {
  address: string;
  versions: readonly VersionRow[];
  shown: number;
  against: number | null;
  published: number | null;
}

/** The versions of a workflow, newest first. Choosing one shows it; the mark beside it compares it with the shown one. */
export function VersionRail({ address, versions, shown, against, published }: VersionRailProps) {
  return (
    <section
      aria-label="Versions"
      className="flex min-h-0 flex-col border-line border-r max-md:max-h-44 max-md:border-r-0 max-md:border-b"
    >
      <h2 className="flex h-9 shrink-0 items-center gap-2 border-line border-b px-4 font-semibold">
        Versions <span className="font-normal text-text-3">{formatCount(versions.length)}</span>
      </h2>
      <ol className="min-h-0 grow overflow-auto">
        {versions.map((version) => (
          <VersionItem
            key={version.id}
            address={address}
            version={version}
            shown={shown}
            against={against}
            isPublished={version.versionNumber === published}
          />
        ))}
      </ol>
    </section>
  );
}

interface VersionItemProps extends Omit<VersionRailProps, "versions" | "published"> {
  version: VersionRow;
  isPublished: boolean;
}

function VersionItem({ address, version, shown, against, isPublished }: VersionItemProps) {
  const { versionNumber, note, author, createdAt, tasks } = version;
  const isShown = versionNumber === shown;
  const isBase = versionNumber === against;
  return (
    <li
      className={cn(
        "relative border-line border-b px-4 py-2 hover:bg-hover",
        isShown && "bg-accent-tint shadow-[inset_2px_0_var(--accent)] hover:bg-accent-tint",
        isBase && "bg-hover",
      )}
    >
      <div className="flex h-5 items-center gap-2">
        <Link
          href={address + workflowPageQuery({ version: versionNumber })}
          aria-current={isShown ? "true" : undefined}
          className="font-medium after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-(--focus-in)"
        >
          Version {versionNumber}
        </Link>
        {isPublished && <span className="rounded-1 bg-active px-1 text-11 text-text-2">published</span>}
        {isBase && <span className="text-11 text-text-2">compared with</span>}
        {!isShown && !isBase && (
          <Button
            asChild
            variant="ghost"
            size="sm"
            className="relative z-1 -mr-2 ml-auto px-1.5 text-text-3 hover:text-text"
          >
            <Link
              href={address + workflowPageQuery(pair(shown, versionNumber))}
              aria-label={`Compare version ${shown} with version ${versionNumber}`}
              title={`Compare with version ${shown}`}
            >
              <GitCompareArrows size={14} aria-hidden="true" />
            </Link>
          </Button>
        )}
      </div>
      {note && <p className="truncate text-12 text-text-2">{note}</p>}
      <p className="flex items-center gap-2 whitespace-nowrap text-12 text-text-3">
        {tasks !== null && <span>{formatPlural(tasks, "node")}</span>}
        <Changes version={version} />
      </p>
      <p className="truncate text-12 text-text-3">
        {author}, <Time at={createdAt} />
      </p>
    </li>
  );
}

/** The later one is what is shown, the earlier one what it is held against. */
const pair = (a: number, b: number) => ({ version: Math.max(a, b), against: Math.min(a, b) });

function Changes({ version: { changes } }: { version: VersionRow }) {
  if (!changes) return null;
  const { added, removed, changed, edges } = changes;
  const words = [
    added > 0 && `${formatPlural(added, "node")} added`,
    removed > 0 && `${formatPlural(removed, "node")} removed`,
    changed > 0 && `${formatPlural(changed, "node")} changed`,
    edges > 0 && `${formatPlural(edges, "edge")} changed`,
  ].filter((part) => part !== false);
  return (
    <span>
      <span className="sr-only">{words.join(", ")}</span>
      <span aria-hidden="true" className="mono flex gap-1.5 text-11">
        {added > 0 && <span className="text-ok-text">+{added}</span>}
        {removed > 0 && <span className="text-fail-text">−{removed}</span>}
        {changed > 0 && <span className="text-warn-text">~{changed}</span>}
      </span>
    </span>
  );
}
