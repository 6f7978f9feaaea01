import Link from "next/link";
import type { ReactNode } from "react";
import { IdText } from "@/components/ui/id-text";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount, formatDuration, formatInstant } from "@/lib/format";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { taskHref } from "../../task-href";
import { TierBar } from "../../tier-bar";
import { FacetSection } from "./facet-section";

interface AboutSectionProps {
  workspace: string;
  episode: EpisodeSummary;
}

/** Where the rows lie, when they were written, and by whom. */
export function AboutSection({ workspace, episode }: AboutSectionProps) {
  const { chunks, firstAt, lastAt } = episode;
  const bad = chunks.total - chunks.verified;
  return (
    <FacetSection
      name="about"
      title="About"
      hint={bad > 0 ? `${formatCount(bad)} damaged` : undefined}
      openAtFirst={false}
    >
      <div className="px-3">
        <TierBar archived={episode.archived} live={episode.hot} className="mt-1 mb-1.5" />
        <dl className="grid grid-cols-[72px_minmax(0,1fr)] gap-y-0.5 text-12">
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
          {firstAt && lastAt && (
            <>
              <Fact name="first row">{formatInstant(firstAt)}</Fact>
              <Fact name="last row">{formatInstant(lastAt)}</Fact>
              <Fact name="over">{formatDuration(Math.max(0, Date.parse(lastAt) - Date.parse(firstAt)))}</Fact>
            </>
          )}
          <Fact name="state">{episode.ended ? "ended, no more rows expected" : "open for more rows"}</Fact>
          <Producer workspace={workspace} episode={episode} />
        </dl>
        {episode.archiving && (
          <p className="flex items-center gap-1.5 pt-1 font-medium text-12 text-run-text">
            <StatusGlyph tone="run" />
            Being archived now
          </p>
        )}
      </div>
    </FacetSection>
  );
}

function Producer({ workspace, episode: { producer } }: AboutSectionProps) {
  if (producer.kind !== "run_task" || !producer.runId) {
    return <Fact name="written by">a producer outside of Strata</Fact>;
  }
  return (
    <>
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
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0 text-text-2">{children}</dd>
    </>
  );
}
