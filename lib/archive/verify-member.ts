import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { noTally } from "@/lib/logs/batch-figures";
import { fromLine } from "@/lib/logs/entry-line";
import { logLevels } from "@/lib/logs/level";
import { type Span, withoutSpans } from "@/lib/logs/spans";
import type { LogChunkIndex } from "@/lib/mongo/collections/log-chunks";

type Member = LogChunkIndex["members"][number];

const unpack = promisify(gunzip);

/** What is wrong with the bytes of a member (I4): its hash, or rows and levels that are not those it was written for. */
export async function memberProblem(
  bytes: Buffer,
  member: Member,
  tombstones: Span[],
): Promise<string | null> {
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
