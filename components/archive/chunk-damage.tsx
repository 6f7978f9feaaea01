import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { IdText } from "@/components/ui/id-text";
import type { ChunkFacts } from "@/lib/archive/schema";
import { formatBytes, formatCount, formatPlural } from "@/lib/format";
import { explorerSearch } from "@/lib/logs/search-params";
import { Fact } from "./chunk-facts";

interface ChunkDamageProps {
  workspace: string;
  episodeId: string;
  facts: ChunkFacts;
}

const rangesShown = 8;

/** What exactly is wrong with a chunk: which of its members, which rows that means, and what the object says of itself now. */
export function ChunkDamage({ workspace, episodeId, facts }: ChunkDamageProps) {
  const { damage, members, readBack, sha256 } = facts;
  const bad = members.filter(({ readable }) => !readable).length;
  const lost = damage.reduce((sum, { rows }) => sum + rows, 0);
  const explorer = `/w/${workspace}/logs/${encodeURIComponent(episodeId)}`;
  return (
    <div className="mt-2 text-12">
      <dl className="flex flex-wrap gap-x-6 gap-y-1.5">
        <Fact name="Cannot be read">
          <span className="font-medium text-fail-text">
            {lost > 0 ? formatPlural(lost, "row") : "no row; what lies beside them is not as written"}
          </span>
          {members.length > 0 && (
            <span className="text-text-3">
              {" "}
              in {formatCount(bad)} of {formatPlural(members.length, "member")}
            </span>
          )}
        </Fact>
        {readBack && (
          <>
            <Fact name="Expected SHA-256">
              <IdText id={sha256} name="expected SHA-256" head={6} tail={4} />
            </Fact>
            <Fact name="Read back now">
              {readBack.sha256 ? (
                <span className={cn(readBack.sha256 !== sha256 && "text-fail-text")}>
                  <IdText id={readBack.sha256} name="SHA-256 read back" head={6} tail={4} />
                  {readBack.sizeBytes !== null && `, ${formatBytes(readBack.sizeBytes)}`}
                </span>
              ) : (
                <span className="text-fail-text">{readBack.problem}</span>
              )}
            </Fact>
          </>
        )}
      </dl>
      {members.length > 1 && (
        <p
          role="img"
          aria-label={`${formatCount(bad)} of ${formatPlural(members.length, "member")} cannot be read`}
          className="mt-2 flex h-3 max-w-120 gap-px"
        >
          {members.map(({ from, readable }) => (
            <span
              key={from}
              className={cn("min-w-px grow rounded-[1px]", readable ? "bg-ok-soft" : "-my-0.5 bg-fail-solid")}
            />
          ))}
        </p>
      )}
      {damage.length > 0 && (
        <ul aria-label="Rows that cannot be read" className="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5">
          {damage.slice(0, rangesShown).map(({ from, to, rows }) => (
            <li key={from}>
              <Link
                href={`${explorer}${explorerSearch({ seq: from })}`}
                className="mono text-accent-text hover:underline"
              >
                {formatCount(from)}–{formatCount(to)}
              </Link>{" "}
              <span className="text-text-3">{formatPlural(rows, "row")}</span>
            </li>
          ))}
          {damage.length > rangesShown && (
            <li className="text-text-3">and {formatCount(damage.length - rangesShown)} more ranges</li>
          )}
        </ul>
      )}
    </div>
  );
}
