"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount } from "@/lib/format";
import { logLevels } from "@/lib/logs/level";
import { describeFailure } from "../describe-failure";
import { levelBar } from "../level-style";
import { FacetLine } from "./facet-line";
import { StreamDot } from "./stream-dot";
import type { StreamLogState } from "./use-stream-log";

const shownFirst = 12;
const shownMore = 24;

/** What the log is made of, in exact counts: levels, and the streams with ways to see some of them only. */
export function StreamRail({ log, className }: { log: StreamLogState; className?: string }) {
  return (
    <aside aria-label="Filters" className={cn("overflow-y-auto overflow-x-hidden py-1", className)}>
      <Levels log={log} />
      <Streams log={log} />
    </aside>
  );
}

function Levels({ log }: { log: StreamLogState }) {
  const { params, chosen } = log;
  const levels = chosen?.levels ?? log.summary.levels;
  const most = Math.max(1, ...Object.values(levels));
  const toggle = (level: (typeof logLevels)[number]) => {
    const on = params.level.includes(level);
    const next = on ? params.level.filter((other) => other !== level) : [...params.level, level];
    log.set({ level: next.length > 0 ? next : null });
  };
  return (
    <Section title="Level">
      <ul>
        {logLevels.map((level) => {
          const on = params.level.includes(level);
          return (
            <FacetLine
              key={level}
              label={level}
              mark={
                <span aria-hidden="true" className={cn("size-2 shrink-0 rounded-[2px]", levelBar[level])} />
              }
              count={levels[level]}
              share={levels[level] / most}
              bar={levelBar[level]}
              on={on}
              dimmed={params.level.length > 0 && !on}
              disabled={levels[level] === 0 && !on}
              onPick={() => toggle(level)}
            />
          );
        })}
      </ul>
    </Section>
  );
}

interface Listed {
  episodeId: string;
  name: string;
  rows: number;
}

/** Of a run all its tasks, with all their rows; of a workspace the streams of the time that the chart shows. */
function useListed({ params, streams, histogram }: StreamLogState): {
  listed: Listed[] | null;
  count: number;
  failed: Error | null;
} {
  if (params.run !== null) {
    const { data, error } = streams;
    const listed = data?.streams.map(({ episodeId, name, total }) => ({ episodeId, name, rows: total }));
    return { listed: listed ?? null, count: data?.streamCount ?? 0, failed: data ? null : error };
  }
  const { data, error } = histogram;
  return { listed: data?.streams ?? null, count: data?.streamCount ?? 0, failed: data ? null : error };
}

function Streams({ log }: { log: StreamLogState }) {
  const { params } = log;
  const { listed, count, failed } = useListed(log);
  const [shown, setShown] = useState(shownFirst);
  const [wanted, setWanted] = useState("");
  const title = params.run === null ? "Stream" : "Task";
  const chosen = [...params.in, ...params.out];
  const known = new Set(listed?.map(({ episodeId }) => episodeId));
  // A chosen stream stays listed, also when it has no row in the window.
  const all = [
    ...(listed ?? []),
    ...chosen.filter((id) => !known.has(id)).map((id) => ({ episodeId: id, name: log.nameOf(id), rows: 0 })),
  ];
  const sought = wanted.trim().toLowerCase();
  const found = all.filter(({ episodeId, name }) => `${name} ${episodeId}`.toLowerCase().includes(sought));
  const lines = found.filter(({ episodeId }, index) => index < shown || chosen.includes(episodeId));
  const most = Math.max(1, ...all.map(({ rows }) => rows));
  return (
    <Section title={title} note={listed ? formatCount(count) : undefined}>
      {failed && <p className="text-12 text-fail-text">{describeFailure(failed)}</p>}
      {!listed && !failed && <RailSkeleton />}
      {all.length > shownFirst && (
        <Input
          aria-label={`Find a ${title.toLowerCase()} in the list`}
          placeholder={`Find a ${title.toLowerCase()}`}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          className="my-1 h-6 text-12"
        />
      )}
      {listed && count === 0 && chosen.length === 0 && (
        <p className="text-12 text-text-3">No stream has rows in this time.</p>
      )}
      <ul>
        {lines.map(({ episodeId, name, rows }) => {
          const out = params.out.includes(episodeId);
          const on = params.in.includes(episodeId);
          return (
            <FacetLine
              key={episodeId}
              label={name}
              mono
              mark={<StreamDot color={log.colorOf(episodeId)} />}
              count={rows}
              share={rows / most}
              bar="bg-line-control"
              on={on}
              out={out}
              dimmed={params.in.length > 0 && !on}
              onPick={() => log.toggle(out ? "out" : "in", episodeId)}
              onLeaveOut={() => log.toggle("out", episodeId)}
            />
          );
        })}
      </ul>
      {sought !== "" && found.length === 0 && (
        <p className="py-1 text-12 text-text-3">No {title.toLowerCase()} is called so.</p>
      )}
      {lines.length < found.length && (
        <Button variant="ghost" size="sm" className="mt-1 -ml-2" onClick={() => setShown(shown + shownMore)}>
          Show {formatCount(Math.min(shownMore, found.length - lines.length))} more
        </Button>
      )}
    </Section>
  );
}

function RailSkeleton() {
  return (
    <div role="status" className="flex flex-col">
      <span className="sr-only">reading the streams</span>
      {Array.from({ length: 6 }, (_, index) => (
        <span key={String(index)} className="flex h-6.5 items-center">
          <Skeleton className={index % 2 === 0 ? "h-2.5 w-3/5" : "h-2.5 w-2/5"} />
        </span>
      ))}
    </div>
  );
}

function Section({ title, note, children }: { title: string; note?: string; children: React.ReactNode }) {
  return (
    <section className="border-line border-t px-3 pt-1 pb-2.5 first:border-t-0">
      <h2 className="flex h-7 items-center justify-between font-semibold text-12">
        {title}
        {note && <span className="font-normal text-11 text-text-3">{note}</span>}
      </h2>
      {children}
    </section>
  );
}
