import Link from "next/link";
import type { ReactNode } from "react";
import { LevelMix } from "@/components/logs/level-mix";
import { Button } from "@/components/ui/button";
import { IdText } from "@/components/ui/id-text";
import { Time } from "@/components/ui/time";
import type { ChunkFacts as Facts } from "@/lib/archive/schema";
import { formatBytes, formatCount, formatInstant } from "@/lib/format";
import { explorerSearch } from "@/lib/logs/search-params";
import { chunkLook } from "./archive-look";

interface ChunkFactsProps {
  workspace: string;
  episodeId: string;
  facts: Facts;
  /** What may be done with the chunk. */
  children: ReactNode;
}

export function ChunkFacts({ workspace, episodeId, facts, children }: ChunkFactsProps) {
  const { sizeBytes, rawBytes, verifiedAt, lastAccessed, restoredUntil, deleteAfter, expiredAt } = facts;
  const bad = facts.state === "damaged" || facts.state === "missing";
  const rows = `/w/${workspace}/logs/${encodeURIComponent(episodeId)}${explorerSearch({ seq: facts.from })}`;
  return (
    <div className="text-12">
      <dl className="flex flex-wrap gap-x-6 gap-y-1.5">
        <Fact name="State">
          <span className={bad ? "font-medium text-fail-text" : undefined}>
            {chunkLook[facts.state].label}
          </span>
        </Fact>
        <Fact name="Rows">
          <span className="mono">
            {formatCount(facts.from)}–{formatCount(facts.to)}
          </span>
          <span className="text-text-3">
            , {formatCount(facts.rows)}
            {facts.neverWritten > 0 && `, ${formatCount(facts.neverWritten)} never written`}
          </span>
        </Fact>
        <Fact name="Time">
          {formatInstant(facts.startAt).replace(" UTC", "")} to {formatInstant(facts.endAt)}
        </Fact>
        <Fact name="Levels">
          <LevelMix levels={facts.levels} className="mt-1 w-24" />
        </Fact>
        <Fact name="Size">
          {formatBytes(sizeBytes)}
          {rawBytes > 0 && (
            <span className="text-text-3">
              {" "}
              of {formatBytes(rawBytes)}, ratio {(rawBytes / Math.max(1, sizeBytes)).toFixed(1)}
            </span>
          )}
        </Fact>
        <Fact name="SHA-256">
          <IdText id={facts.sha256} name="SHA-256" head={6} tail={4} />
        </Fact>
        <Fact name="Object">
          <IdText id={facts.key} name="object key" head={10} tail={28} />
        </Fact>
        {verifiedAt && (
          <Fact name={bad ? "Last good read" : "Read back"}>
            <Time at={verifiedAt} />
          </Fact>
        )}
        {lastAccessed && (
          <Fact name="Last read">
            <Time at={lastAccessed} />
          </Fact>
        )}
        {facts.epoch !== null && <Fact name="Epoch">{formatCount(facts.epoch)}</Fact>}
        {restoredUntil && <Fact name="Live copy until">{formatInstant(restoredUntil)}</Fact>}
        {deleteAfter && <Fact name="Deleted after">{formatInstant(deleteAfter)}</Fact>}
        {expiredAt && <Fact name="Expired">{formatInstant(expiredAt)}</Fact>}
      </dl>
      {!expiredAt && (
        <div className="mt-2 flex flex-wrap gap-2">
          <Button asChild size="sm">
            <Link href={rows}>Open its rows</Link>
          </Button>
          {children}
        </div>
      )}
    </div>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-11 text-text-3">{name}</dt>
      <dd className="leading-4.5 md:whitespace-nowrap">{children}</dd>
    </div>
  );
}
