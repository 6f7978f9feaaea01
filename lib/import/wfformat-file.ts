import "server-only";
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { AppError } from "@/lib/errors";
import { JsonTextError, scanObject } from "@/lib/logs/json-text";
import { executedAtFormats, parseExecutedAt } from "./executed-at";
import { contentOf } from "./read-file";
import { type JoinedTask, joinTasks, WfformatProblem } from "./wfformat-graph";
import { placeOf, type Wfformat, wfformat } from "./wfformat-schema";

/** More would not fit into the frozen graph of one run document. */
const maxTasks = 10_000;
const maxBytes = 256 * 1024 * 1024;

export interface WfformatFile {
  name: string;
  /** Of the JSON text, so that a file and its gzipped copy are the same run. */
  sha256: string;
  content: Wfformat;
  executedAt: Date;
  tasks: JoinedTask[];
}

/** A WfFormat file, read and proved. What is wrong with it is one sentence that names the file and the place. */
export async function readWfformatFile(path: string): Promise<WfformatFile> {
  const text = decode(path, await read(path));
  try {
    const content = parse(text);
    const { specification, execution } = content.workflow;
    if (specification.tasks.length > maxTasks) {
      throw new WfformatProblem(
        "workflow.specification.tasks",
        `${specification.tasks.length} tasks are more than the ${maxTasks} a run may have`,
      );
    }
    const executedAt = parseExecutedAt(execution.executedAt);
    if (!executedAt) {
      const problem = `"${execution.executedAt}" is not a date in a form this importer knows: ${executedAtFormats}`;
      throw new WfformatProblem("workflow.execution.executedAt", problem);
    }
    const tasks = joinTasks(specification.tasks, execution.tasks);
    const sha256 = createHash("sha256").update(text).digest("hex");
    return { name: basename(path), sha256, content, executedAt, tasks };
  } catch (error) {
    if (error instanceof WfformatProblem) throw bad(path, error.message);
    throw error;
  }
}

async function read(path: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of contentOf(path)) {
    size += part.length;
    if (size > maxBytes) throw bad(path, "is more than 256 MB of JSON");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw bad(path, "is not UTF-8 text");
  }
}

function parse(text: string): Wfformat {
  const result = wfformat.safeParse(parseJson(text));
  if (result.success) return result.data;
  const [first, ...others] = result.error.issues;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  const place = first ? placeOf(first.path) : "";
  throw new WfformatProblem(
    place === "" ? "the document" : place,
    `${first?.message ?? "is malformed"}${more}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Its message says where only sometimes, and quotes the text with its line breaks.
    const { position, reason } = whereBroken(text, error);
    const before = text.slice(0, position).split("\n");
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    throw new WfformatProblem(place, `the JSON is broken: ${reason}`);
  }
}

function whereBroken(text: string, cause: unknown): { position: number; reason: string } {
  try {
    scanObject(text);
  } catch (error) {
    if (error instanceof JsonTextError) {
      return { position: error.position, reason: error.message.replace(/ at character \d+$/, "") };
    }
    throw error;
  }
  throw new Error("Assumed that a text which is not JSON has a place where it is not", { cause });
}

const bad = (path: string, problem: string) => new AppError("bad_input", `${path}: ${problem}`);
