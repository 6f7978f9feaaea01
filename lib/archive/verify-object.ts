import "server-only";
import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";
import type { Span } from "@/lib/logs/spans";
import type { LogChunkIndex } from "@/lib/mongo/collections/log-chunks";
import type { ObjectStore } from "@/lib/objects/object-store";
import { memberProblem } from "./verify-member";

type Member = LogChunkIndex["members"][number];

export interface Expected {
  sha256: string;
  sizeBytes: number;
  members: Member[];
  tombstones: Span[];
}

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
    const problem = await memberProblem(part, member, expected.tombstones);
    if (problem) throw wrong(key, `rows ${member.startSequence} to ${member.endSequence}: ${problem}`);
  }
}

function wrong(key: string, problem: string): AppError {
  return new AppError("unavailable", `The archive object ${key} is not what was written: ${problem}.`);
}
