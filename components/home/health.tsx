import { Sparkline } from "@/components/charts/sparkline";
import { timeBuckets } from "@/components/charts/time-buckets";
import { Panel } from "@/components/ui/panel";
import { ProgressSegments } from "@/components/ui/progress-segments";
import type { ArchiveTotals } from "@/lib/archive/schema";
import type { Settled } from "@/lib/auth/settle";
import { formatCompact, formatCount, formatDuration, formatPercent, formatPlural } from "@/lib/format";
import type { HomeFigures } from "@/lib/runs/schema";
import { hour } from "@/lib/time";
import { type HomeWindow, homeWindow } from "./home-window";
import { RegionFailed } from "./region-failed";
import { Tile } from "./tile";

interface HealthProps {
  figures: Promise<Settled<HomeFigures>>;
  archive: Promise<Settled<ArchiveTotals>>;
  window: HomeWindow;
}

export async function Health({ window, ...reads }: HealthProps) {
  const [figures, archive] = await Promise.all([reads.figures, reads.archive]);
  return (
    <Panel title="Health">
      {!figures.ok && <RegionFailed title="Runs cannot be counted" requestId={figures.requestId} />}
      {!archive.ok && <RegionFailed title="The archive cannot be read" requestId={archive.requestId} />}
      <dl className="grid grid-cols-2 border-line border-b">
        {figures.ok && <RunTiles figures={figures.value} window={window} />}
        {archive.ok && <ArchiveTiles totals={archive.value} />}
      </dl>
    </Panel>
  );
}

function RunTiles({ figures, window }: { figures: HomeFigures; window: HomeWindow }) {
  const { byStatus, durationP50Ms, durationP95Ms } = figures;
  const past = pastOf(figures, window);
  const total = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
  const decided = byStatus.succeeded + byStatus.failed;
  const tone = byStatus.failed > 0 ? "var(--fail-solid)" : "var(--text-3)";
  return (
    <>
      <Tile
        label={`Runs, ${homeWindow[window].label}`}
        value={formatCount(total)}
        picture={
          <Sparkline
            values={past.map((known) => known && known.succeeded + known.failed + known.other)}
            color="var(--text-3)"
          />
        }
        foot={`${formatCount(byStatus.running + byStatus.cancelling)} running, ${formatCount(byStatus.queued)} queued`}
      />
      <Tile
        label="Succeeded"
        value={decided === 0 ? "—" : formatPercent(byStatus.succeeded / decided)}
        picture={
          <Sparkline
            values={past.map((known) =>
              known && known.succeeded + known.failed > 0
                ? known.succeeded / (known.succeeded + known.failed)
                : null,
            )}
            color={tone}
          />
        }
        foot={
          decided === 0
            ? "no run has ended"
            : `${formatCount(byStatus.failed)} failed, ${formatCount(byStatus.cancelled)} cancelled`
        }
      />
      <DurationTile label="Run time p50" ms={durationP50Ms} foot="half of the succeeded runs are faster" />
      <DurationTile label="Run time p95" ms={durationP95Ms} foot="19 of 20 succeeded runs are faster" />
    </>
  );
}

/** In the buckets of the chart above; null where nothing is known. */
function pastOf({ hours, asOf }: HomeFigures, window: HomeWindow) {
  const { bucketMs, hours: length } = homeWindow[window];
  const points = hours.map(({ at, succeeded, failed, other }) => ({
    at,
    values: [succeeded, failed, other],
  }));
  return timeBuckets(points, asOf, bucketMs, (length * hour) / bucketMs).map(({ values }) => {
    if (!values) return null;
    const [succeeded = 0, failed = 0, other = 0] = values;
    return { succeeded, failed, other };
  });
}

function DurationTile({ label, ms, foot }: { label: string; ms: number | null; foot: string }) {
  return (
    <Tile
      label={label}
      value={ms === null ? "—" : formatDuration(ms)}
      foot={ms === null ? "no run has succeeded" : foot}
    />
  );
}

function ArchiveTiles({ totals }: { totals: ArchiveTotals }) {
  const { hotLogs, archivedLogs, chunks, verifiedChunks, waitingLogs, oldest } = totals;
  const unproven = chunks - verifiedChunks;
  return (
    <>
      <Tile
        label="Log rows not archived"
        value={formatCompact(hotLogs)}
        unit={`of ${formatCompact(hotLogs + archivedLogs)}`}
        picture={<TierBar hot={hotLogs} cold={archivedLogs} />}
        foot={
          waitingLogs === 0 || oldest === null
            ? "none is overdue"
            : `oldest waits for ${formatDuration(oldest.ageMs)}`
        }
      />
      <Tile
        label="Chunks verified"
        value={formatCount(verifiedChunks)}
        unit={`of ${formatCount(chunks)}`}
        picture={
          <ProgressSegments
            size={6}
            className="w-full"
            segments={[
              { label: "Verified", count: verifiedChunks, tone: "ok" },
              { label: "Not readable as written", count: unproven, tone: "fail" },
            ]}
          />
        }
        foot={
          unproven > 0 ? (
            <span className="font-medium text-fail-text">{formatPlural(unproven, "chunk")} damaged</span>
          ) : chunks === 0 ? (
            "nothing is archived"
          ) : (
            "every chunk reads as written"
          )
        }
      />
    </>
  );
}

/** Solid is live, hatched is archive: the same everywhere. */
function TierBar({ hot, cold }: { hot: number; cold: number }) {
  return (
    <span aria-hidden="true" className="flex h-1.5 w-full gap-px overflow-hidden rounded-[2px] bg-active">
      {hot > 0 && <span className="bg-tier-hot" style={{ flex: `${hot} 0 2px` }} />}
      {cold > 0 && <span className="bg-hatch" style={{ flex: `${cold} 0 2px` }} />}
    </span>
  );
}
