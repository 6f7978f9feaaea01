import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { IdText } from "@/components/ui/id-text";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount, formatDuration, formatInstant } from "@/lib/format";
import type { LogLevel } from "@/lib/logs/level";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { TierBar } from "../tier-bar";
import { LevelFacet } from "./level-facet";

interface FacetRailProps {
  workspace: string;
  episode: EpisodeSummary;
  chosen: readonly LogLevel[];
  onToggle: (level: LogLevel) => void;
  className?: string;
}

/** What is in the episode, in exact counts, and where it comes from. */
export function FacetRail({ workspace, episode, chosen, onToggle, className }: FacetRailProps) {
  const { producer, chunks, firstAt, lastAt } = episode;
  const bad = chunks.total - chunks.verified;
  return (
    <aside
      aria-label="About this episode"
      className={cn(
        "overflow-y-auto overflow-x-hidden border-line border-r py-1 [grid-area:rail]",
        className,
      )}
    >
      <Section title="Level">
        <LevelFacet levels={episode.levels} chosen={chosen} onToggle={onToggle} />
      </Section>
      <Section title="Stored">
        <TierBar archived={episode.archived} live={episode.hot} className="my-1.5" />
        <Facts>
          <Fact name="archive">{formatCount(episode.archived)} rows</Fact>
          <Fact name="live store">{formatCount(episode.hot)} rows</Fact>
          <Fact name="chunks">
            <Link
              href={`/w/${workspace}/archive?episode=${encodeURIComponent(episode.episodeId)}`}
              className="font-medium text-accent-text hover:underline"
            >
              {formatCount(chunks.total)}
              {bad > 0 && `, ${formatCount(bad)} damaged`}
            </Link>
          </Fact>
        </Facts>
        {episode.archiving && (
          <p className="flex items-center gap-1.5 pt-1 font-medium text-12 text-run-text">
            <StatusGlyph tone="run" />
            Being archived now
          </p>
        )}
      </Section>
      <Section title="Written, UTC">
        <Facts>
          {firstAt && lastAt && (
            <>
              <Fact name="first">{formatInstant(firstAt).replace(" UTC", "")}</Fact>
              <Fact name="last">{formatInstant(lastAt).replace(" UTC", "")}</Fact>
              <Fact name="over">{formatDuration(Math.max(0, Date.parse(lastAt) - Date.parse(firstAt)))}</Fact>
            </>
          )}
          <Fact name="state">{episode.ended ? "ended, no more rows expected" : "open for more rows"}</Fact>
        </Facts>
      </Section>
      <Section title="Written by">
        {producer.kind === "run_task" && producer.runId ? (
          <Facts>
            <Fact name="run">
              <Link
                href={taskHref(workspace, producer.runId, producer.taskId)}
                className="font-medium text-accent-text hover:underline"
              >
                <IdText id={producer.runId} name="run id" copy={false} />
              </Link>
            </Fact>
            {producer.taskId && (
              <Fact name="task">
                <IdText id={producer.taskId} name="task id" />
              </Fact>
            )}
          </Facts>
        ) : (
          <p className="text-12 text-text-2">
            A producer outside of Strata, through the ingest API or an import.
          </p>
        )}
      </Section>
    </aside>
  );
}

export function taskHref(workspace: string, runId: string, taskId: string | undefined): string {
  const task = taskId ? `?task=${encodeURIComponent(taskId)}` : "";
  return `/w/${workspace}/runs/${encodeURIComponent(runId)}${task}`;
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-line border-t px-3 pt-1 pb-2.5 first:border-t-0">
      <h2 className="flex h-7 items-center font-semibold text-12">{title}</h2>
      {children}
    </section>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[60px_minmax(0,1fr)] text-12">{children}</dl>;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0 text-text-2">{children}</dd>
    </>
  );
}
