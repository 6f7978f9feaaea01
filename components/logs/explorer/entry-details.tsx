"use client";

import Link from "next/link";
import { useState } from "react";
import { Chip } from "@/components/ui/chip";
import { CopyButton } from "@/components/ui/copy-button";
import { IdText } from "@/components/ui/id-text";
import { Time } from "@/components/ui/time";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { formatCount, formatDuration } from "@/lib/format";
import type { EpisodeAddress } from "@/lib/logs/query-options";
import type { EpisodeSummary, LogEntryDetail } from "@/lib/logs/schema";
import { parseJsonTree } from "@/lib/logs/view/json-tree";
import { taskHref } from "../task-href";
import { JsonView } from "./json-view";
import { LongText } from "./long-text";

interface EntryDetailsProps {
  entry: LogEntryDetail;
  address: EpisodeAddress;
  episode: EpisodeSummary;
  find: string | RegExp;
}

type View = "fields" | "raw";

/** Message first and whole, then plain facts, then the metadata as it is stored. */
export function EntryDetails({ entry, address, episode, find }: EntryDetailsProps) {
  const [view, setView] = useState<View>("fields");
  return (
    <>
      <ToggleGroup<View>
        label="How the row is shown"
        value={view}
        onValueChange={setView}
        options={[
          { value: "fields", label: "Fields" },
          { value: "raw", label: "Raw" },
        ]}
      />
      {view === "raw" ? (
        <Raw entry={entry} />
      ) : (
        <>
          <div className="relative my-2 mb-3 pr-6">
            <LongText text={entry.message} find={find} />
            <CopyButton text={entry.message} label="Copy message" className="absolute -top-0.5 right-0" />
          </div>
          <Facts entry={entry} address={address} episode={episode} />
          <Metadata text={entry.metadataText} />
        </>
      )}
    </>
  );
}

function Facts({ entry, address, episode }: Omit<EntryDetailsProps, "find">) {
  const sinceStart = episode.firstAt === null ? null : Date.parse(entry.at) - Date.parse(episode.firstAt);
  const { producer } = episode;
  return (
    <dl className="grid grid-cols-[84px_minmax(0,1fr)] gap-y-0.5 border-line border-t py-2.5 text-12">
      <Fact name="Time">
        <span className="mono">{entry.at.replace("T", " ").replace("Z", " UTC")}</span>
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
      <Fact name="Stored">
        {entry.chunk ? (
          <>
            archive,{" "}
            <Link
              href={`/w/${address.workspace}/archive?episode=${encodeURIComponent(address.episodeId)}&chunk=${entry.chunk.number}`}
              className="font-medium text-accent-text hover:underline"
            >
              chunk {formatCount(entry.chunk.number)}
            </Link>
            , verified <Time at={entry.chunk.verifiedAt} />
          </>
        ) : (
          "live store"
        )}
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

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0 truncate">{children}</dd>
    </>
  );
}

function Metadata({ text }: { text: string | null }) {
  if (text === null) return <p className="border-line border-t pt-2 text-12 text-text-3">No metadata.</p>;
  const tree = parseJsonTree(text);
  return (
    <div className="border-line border-t pt-2">
      {tree ? <JsonView tree={tree} /> : <LongText text={text} find="" />}
    </div>
  );
}

/** What is stored, character by character. */
function Raw({ entry }: { entry: LogEntryDetail }) {
  const text = entry.metadataText ?? "";
  return (
    <div className="mt-2 flex flex-col gap-3">
      <RawPart title="Message" text={entry.message} />
      {text && <RawPart title="Metadata" text={text} />}
    </div>
  );
}

function RawPart({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <h3 className="eyebrow flex items-center justify-between">
        {title}, {formatCount(text.length)} characters
        <CopyButton text={text} label={`Copy ${title.toLowerCase()}`} />
      </h3>
      <div className="mt-1 rounded-1 border border-line bg-canvas px-2 py-1.5">
        <LongText text={text} find="" plain />
      </div>
    </section>
  );
}
