import type { ReactNode } from "react";
import { type ArchiveRates, drainOf } from "@/lib/archive/drain";
import type { EpisodeSums } from "@/lib/archive/episode-sums";
import type { ArchiveState, ArchiveTotals, OldestLive } from "@/lib/archive/schema";
import { mostOverdueCounted } from "@/lib/archive/scrub/cadence";
import type { Settled } from "@/lib/auth/settle";
import { formatBytes, formatCompact, formatCount, formatDuration, formatHourMinute } from "@/lib/format";
import type { StoreErrors } from "@/lib/health/schema";
import { storeErrorWords } from "../health/health-look";
import { FailedFigure, Figure, FigureStrip, LimitBar } from "./figure";

interface FiguresProps {
  totals: Promise<Settled<ArchiveTotals>>;
  rates: Promise<Settled<ArchiveRates>>;
  errors: Promise<Settled<StoreErrors>>;
  /** The page with a filter: where a figure leads. Absent where the figures stand for themselves. */
  linkTo?: LinkTo;
}

/** The six figures of the archive: what waits, whether it keeps up, whether what is kept can be trusted. */
export async function Figures({ totals, rates, errors, linkTo = noLink }: FiguresProps) {
  const [sums, moved, failed] = await Promise.all([totals, rates, errors]);
  return (
    <FigureStrip>
      {sums.ok ? <Backlog sums={sums.value} linkTo={linkTo} /> : <FailedFigure name={names.backlog} />}
      {sums.ok ? <Oldest oldest={sums.value.oldest} linkTo={linkTo} /> : <FailedFigure name={names.oldest} />}
      {sums.ok && moved.ok ? (
        <Rates sums={sums.value} rates={moved.value} linkTo={linkTo} />
      ) : (
        <FailedFigure name={names.rates} />
      )}
      {sums.ok ? <Chunks totals={sums.value} linkTo={linkTo} /> : <FailedFigure name={names.chunks} />}
      {sums.ok ? <Saved sums={sums.value} linkTo={linkTo} /> : <FailedFigure name={names.saved} />}
      {failed.ok ? <StoreErrorsFigure errors={failed.value} /> : <FailedFigure name={names.errors} />}
    </FigureStrip>
  );
}

type LinkTo = (filter: { state?: ArchiveState; episode?: string }) => string | undefined;
const noLink: LinkTo = () => undefined;

const names = {
  backlog: "Not archived yet",
  oldest: "Oldest not archived",
  rates: "Archiving",
  chunks: "Chunks verified",
  saved: "Saved by archiving",
  errors: "Object store errors, 24 h",
};

function Backlog({ sums, linkTo }: { sums: EpisodeSums; linkTo: LinkTo }) {
  return (
    <Figure
      name={names.backlog}
      value={formatCompact(sums.hotLogs)}
      unit={`rows, ${formatBytes(sums.hotBytes)}`}
      foot={`in ${formatCount(sums.liveEpisodes)} of ${formatCount(sums.episodes)} episodes`}
      href={linkTo({ state: sums.states.overdue > 0 ? "overdue" : "live" })}
    />
  );
}

function Oldest({ oldest, linkTo }: { oldest: OldestLive | null; linkTo: LinkTo }) {
  if (!oldest) return <Figure name={names.oldest} value="none" foot="nothing has to be archived yet" />;
  const share = oldest.ageMs / oldest.limitMs;
  return (
    <Figure
      name={names.oldest}
      value={formatDuration(oldest.ageMs)}
      unit={`of ${formatDuration(oldest.limitMs).replace(/ 00 \w+$/, "")}`}
      foot={
        <>
          <LimitBar share={share} />
          {share >= 1 && <span className="sr-only">past its limit</span>}
        </>
      }
      href={linkTo({ episode: oldest.episodeId })}
    />
  );
}

function Rates({ sums, rates, linkTo }: { sums: EpisodeSums; rates: ArchiveRates; linkTo: LinkTo }) {
  const { archivedPerSecond, ingestedPerSecond, since } = rates;
  const drain = drainOf(sums.waitingLogs, rates);
  const waiting = `${formatCompact(sums.waitingLogs)} wait`;
  const says: ReactNode = {
    idle: `nothing waits, since ${formatHourMinute(since)}`,
    draining: drain.kind === "draining" && `${waiting}, drains in ${formatDuration(drain.ms)}`,
    behind: <span className="font-medium text-warn-text">{waiting}, falling behind</span>,
    standing: <span className="font-medium text-warn-text">{waiting}, none archived lately</span>,
  }[drain.kind];
  return (
    <Figure
      name={names.rates}
      value={formatRate(archivedPerSecond)}
      unit={`/s, ingest ${formatRate(ingestedPerSecond)} /s`}
      foot={says}
      href={linkTo({ state: sums.states.archiving > 0 ? "archiving" : "overdue" })}
    />
  );
}

/** Below ten with one decimal: a trickle is not nothing. */
export function formatRate(perSecond: number): string {
  if (perSecond > 0 && perSecond < 0.1) return "< 0.1";
  return perSecond < 10 ? String(Math.round(perSecond * 10) / 10) : formatCount(Math.round(perSecond));
}

function Chunks({ totals, linkTo }: { totals: ArchiveTotals; linkTo: LinkTo }) {
  const { chunks, verifiedChunks, damagedChunks, overdueChunks } = totals;
  const overdue = `${formatCount(overdueChunks)}${overdueChunks >= mostOverdueCounted ? " or more" : ""} overdue`;
  return (
    <Figure
      name={names.chunks}
      value={formatCount(verifiedChunks)}
      unit={`of ${formatCount(chunks)}`}
      foot={
        damagedChunks + overdueChunks > 0 ? (
          <>
            {damagedChunks > 0 && (
              <span className="font-medium text-fail-text">{formatCount(damagedChunks)} damaged</span>
            )}
            {damagedChunks > 0 && overdueChunks > 0 && ", "}
            {overdueChunks > 0 && <span className="font-medium text-warn-text">{overdue}</span>}
          </>
        ) : chunks > 0 ? (
          "each read again within a week"
        ) : (
          "no chunk yet"
        )
      }
      href={linkTo({ state: damagedChunks > 0 ? "damaged" : "verified" })}
    />
  );
}

function Saved({ sums, linkTo }: { sums: EpisodeSums; linkTo: LinkTo }) {
  const { archivedRawBytes: raw, archivedBytes: stored } = sums;
  return (
    <Figure
      name={names.saved}
      value={formatBytes(Math.max(0, raw - stored))}
      unit={stored > 0 ? `ratio ${(raw / stored).toFixed(1)}` : ""}
      foot={`${formatBytes(raw)} raw, ${formatBytes(stored)} stored`}
      href={linkTo({ state: "verified" })}
    />
  );
}

function StoreErrorsFigure({ errors: { requests, kinds, last } }: { errors: StoreErrors }) {
  const [most] = kinds;
  return (
    <Figure
      name={names.errors}
      value={formatCount(requests)}
      unit={most && kinds.length > 1 ? `most ${storeErrorWords(most.kind)}` : ""}
      foot={
        last ? (
          <span className="font-medium text-warn-text">
            last {formatHourMinute(last.at)}, {storeErrorWords(last.kind)}
          </span>
        ) : (
          "no request failed"
        )
      }
      href="#health"
    />
  );
}
