import { AppError } from "@/lib/errors";
import { episodeNameOf } from "../episode-name";
import { foldLevel } from "../fold-level";
import type { LogLevel } from "../level";
import type { NamedParts } from "../parse-line";
import { episodeId as episodeIdSchema } from "../schema";
import type { NamedRecord } from "../store-records";
import type { LokiItem, LokiLabels } from "./model";

const episodeLabels = ["strata_episode", "episode"];
const levelLabels = ["level", "detected_level", "severity", "severity_text", "lvl"];
/** What Loki's own agents name a service by, the most telling first; only to make the episode's id readable. */
const serviceLabels = [
  "service_name",
  "service",
  "app",
  "application",
  "job",
  "container",
  "unit",
  "filename",
];

/** A line of a push with the place it belongs to; `named` is the episode that the request itself names. */
export function namedRecord(item: LokiItem, named: string | null): NamedRecord {
  if (item.labels.size === 0) {
    throw new AppError("bad_input", "A stream has no labels; at least one is needed to tell streams apart.");
  }
  const place = named === null ? episodeOfLabels(item.labels) : { episodeId: named };
  return "refused" in place ? place : { ...place, parts: partsOf(item) };
}

/**
 * The label strata_episode or episode; without it one episode per stream, which to Loki is a set of labels. Labels of the
 * level do not count: lines of one program belong together, however bad they are.
 */
export function episodeOfLabels(labels: LokiLabels): { episodeId: string } | { refused: string } {
  const [named] = valuesOf(labels, episodeLabels);
  if (named !== undefined) {
    const parsed = episodeIdSchema.safeParse(named);
    return parsed.success
      ? { episodeId: parsed.data }
      : { refused: `the episode in its labels: ${parsed.error.issues[0]?.message}` };
  }
  const telling = [...labels].filter(([name]) => !levelLabels.includes(name));
  telling.sort(([a], [b]) => (a < b ? -1 : 1));
  const [service = "stream"] = valuesOf(labels, serviceLabels);
  return { episodeId: episodeNameOf([service], JSON.stringify(telling)) };
}

/** The line is the message as it is, also when it is JSON: what is in it is the sender's affair. */
export function partsOf({ labels, timeUnixNano, line, structuredMetadata }: LokiItem): NamedParts {
  const flags: string[] = [];
  if (timeUnixNano === null) flags.push("timestamp_missing");
  const level = levelOf([structuredMetadata, labels], flags);
  const members = [`"labels":${labelsText(labels)}`];
  if (structuredMetadata.size > 0) members.push(`"structuredMetadata":${labelsText(structuredMetadata)}`);
  if (timeUnixNano !== null) members.push(`"timeUnixNano":${timeUnixNano}`);
  return {
    message: line,
    metadataText: `{${members.join(",")}}`,
    timestamp: timeUnixNano === null ? null : new Date(millisecondsOf(timeUnixNano)),
    level,
    flags,
  };
}

function levelOf(places: LokiLabels[], flags: string[]): LogLevel {
  const present = places.flatMap((labels) => valuesOf(labels, levelLabels));
  for (const value of present) {
    const level = foldLevel("level", value);
    if (level) return level;
  }
  flags.push(present.length > 0 ? "level_unknown" : "level_missing");
  return "info";
}

function valuesOf(labels: LokiLabels, names: string[]): string[] {
  return names.flatMap((name) => labels.get(name) ?? []);
}

function labelsText(labels: LokiLabels): string {
  return `{${[...labels].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",")}}`;
}

/** Cut towards the past, before 1970 too. */
function millisecondsOf(nanoseconds: bigint): number {
  const cut = nanoseconds / 1_000_000n;
  return Number(nanoseconds < 0n && cut * 1_000_000n !== nanoseconds ? cut - 1n : cut);
}
