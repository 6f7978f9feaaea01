"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Chip } from "@/components/ui/chip";
import { CopyButton } from "@/components/ui/copy-button";
import { IdText } from "@/components/ui/id-text";
import { Time } from "@/components/ui/time";
import { formatCount, formatDuration } from "@/lib/format";
import type { LogEntryDetail } from "@/lib/logs/schema";
import { parseJsonTree } from "@/lib/logs/view/json-tree";
import type { Mask } from "@/lib/logs/view/masked-text";
import { fullTime } from "@/lib/logs/view/row-time";
import { taskHref } from "../task-href";
import { StoredFact } from "./drawer/stored-fact";
import { TemplateFact } from "./drawer/template-fact";
import { JsonView } from "./json-view";
import { LongText } from "./long-text";
import type { Explorer } from "./use-explorer";

interface EntryDetailsProps {
  entry: LogEntryDetail;
  explorer: Explorer;
}

/** Message first and whole, then plain facts, then the metadata as it is stored. */
export function EntryDetails({ entry, explorer }: EntryDetailsProps) {
  const masks = entry.masks ?? [];
  return (
    <>
      <div className="relative my-2 mb-3 pr-6">
        <LongText text={entry.message} find={explorer.marks} masks={masks} />
        <CopyButton text={entry.message} label="Copy message" className="absolute -top-0.5 right-0" />
      </div>
      <Facts entry={entry} explorer={explorer} />
      <Metadata text={entry.metadataText} masks={masks} />
    </>
  );
}

function Facts({ entry, explorer }: EntryDetailsProps) {
  const { address, episode, list } = explorer;
  const sinceStart = episode.firstAt === null ? null : Date.parse(entry.at) - Date.parse(episode.firstAt);
  const { producer } = episode;
  return (
    <dl className="grid grid-cols-[84px_minmax(0,1fr)] gap-y-0.5 border-line border-t py-2.5 text-12">
      <Fact name="Time">
        <span className="mono">
          {instantOf(entry.at, list.frame.clock === "local" ? list.frame.zone : null)}
        </span>
      </Fact>
      {sinceStart !== null && <Fact name="Since start">{formatDuration(sinceStart)}</Fact>}
      <Fact name="Received">
        <Time at={entry.receivedAt} />
      </Fact>
      {producer.kind === "run_task" && producer.runId && (
        <Fact name="Task">
          <Link
            href={taskHref(address.workspace, producer.runId, producer.taskId)}
            className="font-medium text-accent-text hover:underline"
          >
            <IdText id={producer.taskId ?? producer.runId} name="task id" copy={false} />
          </Link>
        </Fact>
      )}
      <Fact name="Template">
        <TemplateFact message={entry.message} explorer={explorer} />
      </Fact>
      <Fact name="Stored">
        <StoredFact entry={entry} explorer={explorer} />
      </Fact>
      {entry.flags.length > 0 && (
        <Fact name="As received">
          <span className="flex flex-wrap gap-1">
            {entry.flags.map((flag) => (
              <Chip key={flag} name="">
                {flag.replaceAll("_", " ")}
              </Chip>
            ))}
          </span>
        </Fact>
      )}
    </dl>
  );
}

function instantOf(at: string, zone: string | null): string {
  if (zone === null) return at.replace("T", " ").replace("Z", " UTC");
  return fullTime(at, { clock: "local", zone, firstAt: null }, null).replace("T", " ");
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

function Metadata({ text, masks }: { text: string | null; masks: readonly Mask[] }) {
  if (text === null) return <p className="border-line border-t pt-2 text-12 text-text-3">No metadata.</p>;
  // A tree of a megabyte would be built anew at every step through the rows.
  const tree = text.length <= longestTree ? parseJsonTree(text) : null;
  return (
    <div className="border-line border-t pt-2">
      {tree ? (
        <JsonView tree={tree} masks={masks} />
      ) : (
        <>
          <p className="pb-1 text-12 text-text-3">
            Metadata of {formatCount(text.length)} characters, as it is stored
          </p>
          <LongText text={text} find="" plain />
        </>
      )}
    </div>
  );
}
const longestTree = 500_000;
