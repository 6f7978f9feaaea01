import "server-only";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError } from "@/lib/errors";
import { noTally } from "@/lib/logs/batch-figures";
import { fromLine } from "@/lib/logs/entry-line";
import { logLevels } from "@/lib/logs/level";
import { type Span, withoutSpans } from "@/lib/logs/spans";
import type { LogChunkIndex } from "@/lib/mongo/collections/log-chunks";
import type { ObjectStore } from "@/lib/objects/object-store";

type Member = LogChunkIndex["members"][number];

export interface Expected {
  sha256: string;
  sizeBytes: number;
  members: Member[];
  tombstones: Span[];
}

const unpack = promisify(gunzip);

/**
 * Reads an object back and proves that it holds what was meant (S4, I4): the hash of all bytes, and member by member that
 * it decodes to exactly the rows of its range with the levels that were counted. Throws an AppError that says what differs.
 */
export async function verifyObject(store: ObjectStore, key: string, expected: Expected): Promise<void> {
  const bytes = await store.get(key);
  if (!bytes) throw wrong(key, "it is not there");
  if (bytes.length !== expected.sizeBytes) {
    throw wrong(key, `it has ${bytes.length} bytes instead of ${expected.sizeBytes}`);
  }
  if (createHash("sha256").update(bytes).digest("hex") !== expected.sha256) {
    throw wrong(key, "its checksum differs");
  }
  for (const member of expected.members) {
    const part = bytes.subarray(member.offset, member.offset + member.length);
    const problem = await problemOf(part, member, expected.tombstones);
    if (problem) throw wrong(key, `rows ${member.startSequence} to ${member.endSequence}: ${problem}`);
  }
}

async function problemOf(bytes: Buffer, member: Member, tombstones: Span[]): Promise<string | null> {
  if (createHash("sha256").update(bytes).digest("hex") !== member.sha256)
    return "the member's checksum differs";
  const lines = (await unpack(bytes)).toString("utf8").split("\n");
  if (lines.pop() !== "") return "the last line does not end";
  const levels = noTally();
  let next = member.startSequence;
  for (const line of lines) {
    const { seq, level } = fromLine(line);
    if (seq < next) return `row ${seq} stands twice or out of order`;
    if (seq > next && withoutSpans({ from: next, to: seq - 1n }, tombstones).length > 0)
      return `row ${next} is missing`;
    levels[level] += 1n;
    next = seq + 1n;
  }
  if (next !== member.endSequence + 1n) return `row ${next} is missing`;
  const differing = logLevels.find((level) => levels[level] !== member.levelCounts[level]);
  return differing
    ? `${levels[differing]} rows of level ${differing} instead of ${member.levelCounts[differing]}`
    : null;
}

function wrong(key: string, problem: string): AppError {
  return new AppError("unavailable", `The archive object ${key} is not what was written: ${problem}.`);
}
