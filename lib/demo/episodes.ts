import { seededRandom } from "@/lib/seeded-random";

/** The log of something other than a run: a service of the demo that writes day and night. */
export interface DemoEpisode {
  episodeId: string;
  rows: number;
  /** What the archiver leaves in MongoDB, and the rows of a chunk. */
  keepHot: number;
  chunkSize: number;
  ended: boolean;
}

/** Long enough that nobody reads it by scrolling; most of it lies in the archive and its tail does not. */
export const gatewayEpisode: DemoEpisode = {
  episodeId: "edge-gateway-2",
  rows: 120_000,
  keepHot: 20_000,
  chunkSize: 10_000,
  ended: false,
};

/** Over and done with: all of it lies in the archive. */
export const migrationEpisode: DemoEpisode = {
  episodeId: "storage-migration-2026-07",
  rows: 6_500,
  keepHot: 0,
  chunkSize: 2_500,
  ended: true,
};

const routes = ["/v1/infer", "/v1/embed", "/v1/runs", "/v1/artifacts", "/healthz"] as const;
const hosts = ["edge-a", "edge-b", "edge-c"] as const;

/** Requests at a gateway over the day before `anchor`, with the bad quarter of an hour that such days have. */
export function* gatewayLog(episode: DemoEpisode, anchor: Date): Generator<string> {
  const random = seededRandom(episode.episodeId);
  const spanMs = 86_400_000;
  for (let row = 0; row < episode.rows; row++) {
    const at = new Date(anchor.getTime() - spanMs + Math.floor((spanMs * row) / episode.rows));
    const bad = row > episode.rows * 0.62 && row < episode.rows * 0.64;
    const route = random.pick(routes);
    const status =
      bad && random.chance(0.4) ? 503 : random.chance(0.004) ? 500 : random.chance(0.02) ? 404 : 200;
    const ms = Math.round(random.between(2, 60) * (bad ? 20 : 1));
    yield JSON.stringify({
      timestamp: at.toISOString(),
      level: status >= 500 ? "error" : status === 404 ? "warn" : route === "/healthz" ? "debug" : "info",
      message: `${route === "/v1/infer" ? "POST" : "GET"} ${route} ${status} ${ms} ms`,
      source: random.pick(hosts),
      request: { id: row.toString(16).padStart(8, "0"), bytes: random.whole(120, 48_000) },
    });
  }
}

export function* migrationLog(episode: DemoEpisode, anchor: Date): Generator<string> {
  const random = seededRandom(episode.episodeId);
  for (let row = 0; row < episode.rows; row++) {
    const at = new Date(anchor.getTime() - 45 * 86_400_000 + row * 1_300);
    const slow = random.chance(0.01);
    yield JSON.stringify({
      timestamp: at.toISOString(),
      level: slow ? "warn" : "info",
      message: slow
        ? `volume ${row % 64}: copy is slow (${random.whole(3, 12)} MB/s)`
        : `volume ${row % 64}: object ${row} of ${episode.rows} moved`,
      source: "mover",
      bytes: random.whole(1_000, 9_000_000),
    });
  }
}
