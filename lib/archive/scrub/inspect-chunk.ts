import "server-only";
import { createHash } from "node:crypto";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logLevels } from "@/lib/logs/level";
import { memberSpan } from "@/lib/logs/read/cold-rows";
import type { Span } from "@/lib/logs/spans";
import { type LogChunk, type LogChunkIndex, logChunkIndex } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";
import { memberProblem } from "../verify-member";
import { type Problem, problemIn } from "./problem";

export type Damage = NonNullable<LogChunk["damage"]>;

/** What a look at a chunk's object gave. "unreadable": the store did not answer, so nothing is known. */
export interface Verdict {
  state: LogChunk["state"] | "unreadable";
  /** Rows that nobody can read. Empty when only something beside the rows is wrong. */
  damage: Damage;
  problems: Problem[];
  bytesRead: number;
}

/** Reads the object of a chunk whole: its hash, and member by member that the bytes decode to the rows of their range. */
export async function inspectChunk(
  scope: WorkspaceScope,
  chunk: LogChunk,
  signal?: AbortSignal,
): Promise<Verdict> {
  const whole: Span = { from: chunk.startSequence, to: chunk.endSequence };
  const name = `Chunk ${chunk.chunkNumber}`;
  let bytes: Buffer | null;
  try {
    bytes = await objectStore().get(chunk.src, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    console.error(`The object store did not give ${chunk.src}:`, error);
    const sentence = `${name} could not be checked: the object store did not give ${chunk.src}.`;
    const problems = [problemIn("unreadable_object", chunk, whole, sentence)];
    return { state: "unreadable", damage: [], problems, bytesRead: 0 };
  }
  if (!bytes) {
    const sentence = `${name}: its object ${chunk.src} is gone.`;
    const problems = [problemIn("missing_object", chunk, whole, sentence)];
    return { state: "missing", damage: [{ ...whole, reason: "missing" }], problems, bytesRead: 0 };
  }
  const index = await scoped(scope).collection(logChunkIndex).findOne({ _id: chunk._id });
  const { damage, problems } = index
    ? await inspectBytes(chunk, index, bytes)
    : {
        damage: [{ ...whole, reason: "damaged" as const }],
        problems: [problemIn("no_index", chunk, whole, `${name} has no member index, so no row is found.`)],
      };
  return {
    state: problems.length > 0 ? "damaged" : "verified",
    damage,
    problems,
    bytesRead: bytes.length,
  };
}

async function inspectBytes(
  chunk: LogChunk,
  index: LogChunkIndex,
  bytes: Buffer,
): Promise<{ damage: Damage; problems: Problem[] }> {
  const problems = indexProblems(chunk, index);
  const damage: Damage = [];
  const name = `Chunk ${chunk.chunkNumber}`;
  if (BigInt(bytes.length) !== chunk.sizeBytes) {
    const sentence = `${name}: its object has ${bytes.length} bytes instead of ${chunk.sizeBytes}.`;
    problems.push(problemIn("wrong_size", chunk, null, sentence));
  }
  for (const member of index.members) {
    const part = bytes.subarray(member.offset, member.offset + member.length);
    const problem = await memberProblem(part, member, chunk.tombstones).catch(() => "it does not decode");
    if (!problem) continue;
    const span = memberSpan(member);
    const sentence = `${name}, rows ${span.from} to ${span.to}: ${problem}.`;
    problems.push(problemIn("corrupt_member", chunk, span, sentence));
    addDamage(damage, span);
  }
  // The members are what the rows lie in. Other bytes that differ touch no row: the footer, which speeds up searches.
  if (problems.length === 0 && createHash("sha256").update(bytes).digest("hex") !== chunk.sha256) {
    const sentence = `${name}: its rows are whole, but what follows them in ${chunk.src} is not what was written.`;
    problems.push(problemIn("wrong_footer", chunk, null, sentence));
  }
  return { damage, problems };
}

/** Members that touch become one range. */
function addDamage(damage: Damage, span: Span): void {
  const last = damage.at(-1);
  if (last && last.to + 1n === span.from) last.to = span.to;
  else damage.push({ ...span, reason: "damaged" });
}

/** The index in MongoDB against the chunk's own record: members abut, reach from end to end, and count the same. */
function indexProblems(chunk: LogChunk, { members }: LogChunkIndex): Problem[] {
  const wrong = (what: string) =>
    problemIn(
      "wrong_index",
      chunk,
      null,
      `The member index of chunk ${chunk.chunkNumber} is wrong: ${what}.`,
    );
  const problems: Problem[] = [];
  let offset = 0;
  let next = chunk.startSequence;
  for (const member of members) {
    if (member.offset !== offset || member.startSequence !== next) {
      problems.push(wrong(`a member starts amiss at row ${member.startSequence}`));
      break;
    }
    offset += member.length;
    next = member.endSequence + 1n;
  }
  if (problems.length === 0 && next !== chunk.endSequence + 1n)
    problems.push(wrong(`it reaches to row ${next - 1n} instead of ${chunk.endSequence}`));
  const differing = logLevels.find(
    (level) =>
      members.reduce((sum, { levelCounts }) => sum + levelCounts[level], 0n) !== chunk.levelCounts[level],
  );
  if (differing) problems.push(wrong(`its ${differing} rows are not as many as the chunk's`));
  return problems;
}
