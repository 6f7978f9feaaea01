import { z } from "zod";
import { AppError } from "@/lib/errors";
import { episodeId } from "../schema";

/** Which streams are read as one: those of a run, or all of the workspace; of these some only, or all but some. */
export interface StreamSet {
  runId: string | null;
  only: string[];
  without: string[];
}

/** What a URL and an index can carry. */
const mostNamed = 200;
const named = z.array(episodeId).max(mostNamed);
const streamSet = z.object({
  runId: z.string().min(1).max(200).nullable(),
  only: named,
  without: named,
});

/** `run=`, and any number of `in=` and `out=` with names of streams. */
export function streamSetFrom(params: URLSearchParams): StreamSet {
  const parsed = streamSet.safeParse({
    runId: params.get("run") || null,
    only: params.getAll("in"),
    without: params.getAll("out"),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = { runId: "run", only: "in", without: "out" }[String(issue?.path[0])] ?? "in";
  throw new AppError("bad_input", `${name}: ${issue?.message}`);
}

export function streamSetParams({ runId, only, without }: StreamSet): URLSearchParams {
  const params = new URLSearchParams();
  if (runId !== null) params.set("run", runId);
  for (const name of only) params.append("in", name);
  for (const name of without) params.append("out", name);
  return params;
}
