import type { ReactNode } from "react";
import { LevelMix } from "@/components/logs/level-mix";
import { cn } from "@/components/ui/cn";
import { IdText } from "@/components/ui/id-text";
import { Time } from "@/components/ui/time";
import type { ChunkFacts as Facts } from "@/lib/archive/schema";
import { formatBytes, formatCount, formatInstant } from "@/lib/format";

/** What is on record of a chunk, always in the same places. */
export function ChunkFacts({ facts }: { facts: Facts }) {
  const { sizeBytes, rawBytes, verifiedAt, lastAccessed, restoredUntil, deleteAfter, expiredAt } = facts;
  const bad = facts.state === "damaged" || facts.state === "missing";
  return (
    <dl className="mt-1 grid grid-cols-4 gap-x-6 gap-y-1.5 text-12 max-md:grid-cols-2">
      <Fact name="Rows" className="max-md:col-span-2">
        <span className="mono">
          {formatCount(facts.from)}–{formatCount(facts.to)}
        </span>
        <span className="text-text-3">
          , {formatCount(facts.rows)}
          {facts.neverWritten > 0 && `, ${formatCount(facts.neverWritten)} never written`}
        </span>
      </Fact>
      <Fact name="Time" className="col-span-2">
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
      <Fact name="Object" className="col-span-2">
        <IdText id={facts.key} name="object key" head={10} tail={28} />
      </Fact>
      <Fact name="SHA-256">
        <IdText id={facts.sha256} name="SHA-256" head={6} tail={4} />
      </Fact>
      <Fact name={bad ? "Last good read" : "Read back"}>
        {verifiedAt ? <Time at={verifiedAt} /> : "not any more"}
      </Fact>
      <Fact name="Last read by somebody">{lastAccessed ? <Time at={lastAccessed} /> : "not any more"}</Fact>
      <Fact name="Archived">
        <Time at={facts.archivedAt} />
        {facts.epoch !== null && <span className="text-text-3">, epoch {formatCount(facts.epoch)}</span>}
      </Fact>
      {restoredUntil && <Fact name="Live copy until">{formatInstant(restoredUntil)}</Fact>}
      {deleteAfter && <Fact name="Deleted after">{formatInstant(deleteAfter)}</Fact>}
      {expiredAt && <Fact name="Expired">{formatInstant(expiredAt)}</Fact>}
    </dl>
  );
}

interface FactProps {
  name: string;
  className?: string;
  children: ReactNode;
}

export function Fact({ name, className, children }: FactProps) {
  return (
    <div className={cn("min-w-0", className)}>
      <dt className="text-11 text-text-3">{name}</dt>
      <dd className="min-h-6 leading-6 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
