import { z } from "zod";
import { AppError } from "@/lib/errors";
import { type HistogramRequest, histogramRequest } from "./histogram/schema";
import { episodeId, int64Text, type LogPageRequest, logPageRequest } from "./schema";
import { logQueryFrom } from "./search/query";

/** The page that a URL asks for. What is no number is refused with its name: a silent default would show other rows. */
export function pageRequestFrom(params: URLSearchParams): LogPageRequest {
  const parsed = logPageRequest.safeParse({
    from: params.get("from") ?? "0",
    direction: params.get("direction") ?? undefined,
    limit: params.get("limit") ?? undefined,
    filter: logQueryFrom(params),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError("bad_input", `${issue?.path.join(".")}: ${issue?.message}`);
}

export function sequenceFrom(params: URLSearchParams): bigint {
  const parsed = int64Text.safeParse(params.get("seq"));
  if (!parsed.success) throw new AppError("bad_input", "seq: a sequence number is wanted, as digits.");
  return BigInt(parsed.data);
}

export function timeFrom(params: URLSearchParams): Date {
  const parsed = z.iso.datetime({ offset: true }).safeParse(params.get("time"));
  if (!parsed.success) throw new AppError("bad_input", "time: a moment in ISO 8601 is wanted.");
  return new Date(parsed.data);
}

/** A place to read back from; without one, the newest row there is. */
export function sequenceOrNewest(params: URLSearchParams, name: string): string {
  const text = params.get(name);
  if (text === null) return newest;
  if (int64Text.safeParse(text).success) return text;
  throw new AppError("bad_input", `${name}: a sequence number is wanted, as digits.`);
}
const newest = (2n ** 63n - 1n).toString();

/** The histogram that a URL asks for: `since`, `until`, `bars` and `strays`. */
export function histogramRequestFrom(params: URLSearchParams): HistogramRequest {
  const parsed = histogramRequest.safeParse({
    from: params.get("since") || null,
    to: params.get("until") || null,
    bars: params.get("bars") ?? undefined,
    strays: params.get("strays") ?? undefined,
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError("bad_input", `${issue?.path.join(".")}: ${issue?.message}`);
}

/** Slices of an overview; more than a wide screen has pixels is never drawn. */
export function bucketsFrom(params: URLSearchParams): number {
  const buckets = Number(params.get("buckets") ?? 200);
  if (!Number.isInteger(buckets) || buckets < 1 || buckets > 4000) {
    throw new AppError("bad_input", "buckets: a number from 1 to 4000 is wanted.");
  }
  return buckets;
}

/** The episode that a program names. */
export function episodeIdFrom(params: URLSearchParams): string {
  const parsed = episodeId.safeParse(params.get("episode") ?? "");
  if (!parsed.success) throw new AppError("bad_input", `episode: ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}
