import { z } from "zod";
import { AppError } from "@/lib/errors";
import { logQueryFrom } from "../search/query";
import { type MergedHistogramRequest, mergedHistogramRequest } from "./histogram-schema";
import { placeFrom } from "./place";
import type { MergedPageRequest } from "./read-page";
import { streamSetFrom } from "./stream-set";

const page = z.object({
  direction: z.enum(["forward", "backward", "around"]).default("forward"),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

/** The page of many streams that a URL asks for. What is wrong is refused by its name: a default would show other rows. */
export function mergedPageRequestFrom(params: URLSearchParams, now: Date): MergedPageRequest {
  const parsed = page.safeParse({
    direction: params.get("direction") ?? undefined,
    limit: params.get("limit") ?? undefined,
  });
  if (!parsed.success) throw badInput(parsed.error);
  const from = placeFrom(params.get("from") ?? "start", now);
  return { ...parsed.data, from, set: streamSetFrom(params), query: logQueryFrom(params) };
}

/** `since`, `until` and `bars`. */
export function mergedHistogramRequestFrom(params: URLSearchParams): MergedHistogramRequest {
  const parsed = mergedHistogramRequest.safeParse({
    from: params.get("since") || null,
    to: params.get("until") || null,
    bars: params.get("bars") ?? undefined,
  });
  if (!parsed.success) throw badInput(parsed.error);
  return parsed.data;
}

function badInput(error: z.ZodError): AppError {
  const [issue] = error.issues;
  return new AppError("bad_input", `${issue?.path.join(".")}: ${issue?.message}`);
}
