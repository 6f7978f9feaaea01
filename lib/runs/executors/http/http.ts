import "server-only";
import { z } from "zod";
import { env } from "@/lib/env";
import { formatBytes } from "@/lib/format";
import { configOf } from "../config";
import type { Executor, TaskWork } from "../executor";
import { knownValues } from "../known-values";
import { fill, fillText } from "../template";
import { type AllowedHosts, parseAllowedHosts } from "./guarded-lookup";
import { guardedRequest, type HttpAnswer, type HttpCall } from "./guarded-request";

const megabyte = 1024 * 1024;
const longestTimeoutMs = 3_600_000;

const config = z.object({
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]).default("GET"),
  url: z.string().min(1).max(8_000),
  headers: z
    .record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "no name of a header"), z.string().max(8_000))
    .default({}),
  /** A text as it is, anything else as JSON; `{{…}}` is filled in. */
  body: z.unknown().optional(),
  timeoutMs: z.number().positive().max(longestTimeoutMs).default(60_000),
  maxResponseBytes: z
    .number()
    .int()
    .positive()
    .max(16 * megabyte)
    .default(megabyte),
});

/** Of an answer that is longer the whole becomes an artifact. */
const previewLength = 4_000;
const ours = ["host", "content-length", "connection", "transfer-encoding"];

/** Calls a URL; any answer of 2xx is success. The network of the server is closed to it unless its operator opened a host. */
export function httpExecutor(allowedHosts: () => AllowedHosts): Executor {
  return {
    async run(work) {
      const { task, signal, log } = work;
      const settings = configOf(task, config);
      const call = await callOf(work, settings);
      log("stdout", `${call.method} ${shown(call.url)}`);
      const began = performance.now();
      const timeout = AbortSignal.timeout(settings.timeoutMs);
      const answer = await guardedRequest(call, {
        allowed: allowedHosts(),
        signal: AbortSignal.any([signal, timeout]),
        maxBytes: settings.maxResponseBytes,
      }).catch((error: unknown) => {
        if (signal.aborted || !timeout.aborted) throw error;
        throw new Error(`No answer within ${settings.timeoutMs} ms (timeoutMs).`);
      });
      const tookMs = Math.round(performance.now() - began);
      log("stdout", `${answer.status} after ${tookMs} ms, ${formatBytes(answer.body.length)}`);
      const preview = { ...(await previewOf(work, answer)), tookMs };
      if (answer.status >= 200 && answer.status < 300) return { outcome: "succeeded", preview };
      const text = answer.body.toString("utf8", 0, 500).trim();
      return {
        outcome: "failed",
        errorMessage: `${shown(answer.url)} answered ${answer.status}. ${text}`.trim(),
        preview,
      };
    },
  };
}

export const http = httpExecutor(() => parseAllowedHosts(env().STRATA_HTTP_ALLOW));

async function callOf(
  work: TaskWork,
  { method, url, headers, body }: z.output<typeof config>,
): Promise<HttpCall> {
  const known = await knownValues(work);
  const filled = body === undefined || body === null ? null : fill(body, known);
  const text = filled === null ? null : typeof filled === "string" ? filled : JSON.stringify(filled);
  const sent: Record<string, string> = {
    "user-agent": "strata",
    // A task may be delivered twice; who is called can tell by this, and by the attempt that a person asked for.
    "idempotency-key": `${work.task._id}:${work.task.attempt}`,
    ...(text !== null && { "content-type": typeof filled === "string" ? "text/plain" : "application/json" }),
  };
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (ours.includes(lower))
      throw new Error(`executorConfig.headers.${name}: this header is set by the worker.`);
    sent[lower] = fillText(value, known);
  }
  const target = fillText(url, known, encodeURIComponent);
  if (!URL.canParse(target)) throw new Error(`executorConfig.url: ${target} is no URL.`);
  return { method, url: new URL(target), headers: sent, body: text };
}

async function previewOf({ artifact, task }: TaskWork, { status, contentType, body }: HttpAnswer) {
  const text = body.toString("utf8");
  const head = { status, contentType, bytes: body.length };
  if (text.length <= previewLength) return { ...head, answer: parsed(text, contentType) };
  const title = task.artifactTitle ?? "Answer";
  const type = task.artifactType ?? "intermediate task output";
  const id = await artifact({ type, title, body, contentType: contentType || "application/octet-stream" });
  return { ...head, beginning: text.slice(0, previewLength), artifactId: id };
}

function parsed(text: string, contentType: string): unknown {
  if (!contentType.includes("json")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Without what often holds a key. */
const shown = ({ origin, pathname, search }: URL) => `${origin}${pathname}${search === "" ? "" : "?…"}`;
