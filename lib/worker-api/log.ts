import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { admitted } from "@/lib/logs/admission";
import { readUpload } from "@/lib/logs/read-upload";
import { announcedBytes } from "@/lib/logs/upload-headers";
import { appendTaskLog, type TaskLogLine } from "@/lib/runs/work/append-log";
import { parsed } from "./read-json";
import { lostTask } from "./route";
import { heldInput, logLine } from "./schema";

const mostBytes = 4 * 1024 * 1024;
const mostLines = 1_000;

/** Stores a batch of lines of a task's log: all of it, or nothing and the reason. */
export async function receiveTaskLog(scope: WorkspaceScope, request: Request): Promise<{ accepted: number }> {
  const held = heldOf(request);
  const batchId = request.headers.get("idempotency-key");
  if (batchId === null || !/^[\x21-\x7e]{1,100}$/.test(batchId)) {
    throw new AppError(
      "bad_input",
      "Idempotency-Key: name the batch, with 1 to 100 visible ASCII characters; the same name for the same lines when you send them again.",
    );
  }
  return admitted(scope, request, async (admission) => {
    const { lines, bytes } = await linesOf(request);
    admission.spend(bytes, lines.length);
    if ((await appendTaskLog(scope, held, { batchId, lines })) === "lost") throw lostTask();
    return { accepted: lines.length };
  });
}

export function heldOf(request: Request): { taskId: string; fence: number } {
  const { searchParams } = new URL(request.url);
  const fence = searchParams.get("fence") ?? "";
  return parsed(heldInput, {
    taskId: searchParams.get("task") ?? "",
    fence: /^\d{1,10}$/.test(fence) ? Number(fence) : fence,
  });
}

async function linesOf(request: Request): Promise<{ lines: TaskLogLine[]; bytes: number }> {
  if (!request.body) throw new AppError("bad_input", "The request has no body.");
  const tooLarge = () => new AppError("too_large", "The body is larger than 4 MB; send it in parts.");
  const announced = announcedBytes(request);
  if (announced !== null && announced > mostBytes) throw tooLarge();
  const received = new Date();
  const lines: TaskLogLine[] = [];
  let bytes = 0;
  for await (const { number, text, problem } of readUpload(request.body, {
    encoding: request.headers.get("content-encoding"),
    announced,
    maxBytes: mostBytes,
    maxLineBytes: mostBytes,
    tooLarge,
  })) {
    if (problem !== undefined) throw new AppError("bad_input", `line ${number}: ${problem}`);
    if (lines.length === mostLines)
      throw new AppError("too_large", `A batch has at most ${mostLines} lines; send it in parts.`);
    const { stream, message, level, timestamp } = parsed(logLine, jsonOf(text, number), `line ${number}`);
    bytes += text.length;
    lines.push({
      stream,
      message,
      level: level ?? (stream === "stderr" ? "warn" : "info"),
      at: timestamp === undefined ? received : new Date(timestamp),
    });
  }
  return { lines, bytes };
}

function jsonOf(text: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("bad_input", `line ${number}: no JSON`);
  }
}
