import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { IdText } from "@/components/ui/id-text";
import { Time } from "@/components/ui/time";
import type { ArchiveRights } from "@/lib/archive/acts/schema";
import type { ArchiveChunk } from "@/lib/archive/schema";
import { formatBytes, formatCount, formatInstant } from "@/lib/format";
import { ChunkActs } from "./acts/chunk-acts";

interface ChunkFactsProps {
  workspace: string;
  episodeId: string;
  chunk: ArchiveChunk;
  rights: ArchiveRights;
}

export function ChunkFacts({ workspace, episodeId, chunk, rights }: ChunkFactsProps) {
  const ratio = chunk.sizeBytes > 0 ? (chunk.rawBytes / chunk.sizeBytes).toFixed(1) : null;
  const whole = chunk.state === "verified";
  return (
    <div
      className={cn(
        "mt-3 ml-8 flex flex-wrap items-start gap-x-6 gap-y-2 border-l-2 pl-3 text-12 max-md:ml-0",
        whole ? "border-line-strong" : "border-fail-solid",
      )}
    >
      <dl className="contents">
        <Fact name="Chunk">
          <span className="font-semibold">{formatCount(chunk.chunkNumber)}</span>
        </Fact>
        <Fact name="Rows">
          <span className="mono">
            {formatCount(chunk.from)}–{formatCount(chunk.to)}
          </span>
          <span className="text-text-3">, {formatCount(chunk.rows)}</span>
        </Fact>
        <Fact name="Time">
          {formatInstant(chunk.startAt).replace(" UTC", "")} to {formatInstant(chunk.endAt)}
        </Fact>
        <Fact name="Size">
          {formatBytes(chunk.sizeBytes)}
          <span className="text-text-3">
            {" "}
            of {formatBytes(chunk.rawBytes)}
            {ratio && `, ratio ${ratio}`}
          </span>
        </Fact>
        <Fact name="SHA-256">
          <IdText id={chunk.sha256} name="SHA-256" head={6} tail={4} />
        </Fact>
        <Fact name={whole ? "Read back" : "Last good read"}>
          <Time at={chunk.verifiedAt} />
        </Fact>
        <Fact name="Last read">
          <Time at={chunk.lastAccessed} />
        </Fact>
        <Fact name="Epoch">{formatCount(chunk.epoch)}</Fact>
      </dl>
      <div className="ml-auto flex flex-wrap gap-2 self-center max-md:ml-0">
        <ChunkActs workspace={workspace} episodeId={episodeId} chunk={chunk} rights={rights} />
        <Button asChild size="sm">
          <Link href={`/w/${workspace}/logs/${encodeURIComponent(episodeId)}?seq=${chunk.from}`}>
            Open its rows
          </Link>
        </Button>
      </div>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-11 text-text-3">{name}</dt>
      <dd className="whitespace-nowrap leading-4.5">{children}</dd>
    </div>
  );
}
