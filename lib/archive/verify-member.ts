import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { logLevels } from "@/lib/logs/level";
import { type Span, withoutSpans } from "@/lib/logs/spans";
import type { LogChunkIndex } from "@/lib/mongo/collections/log-chunks";
import { eachLineHead } from "./line-heads";

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
  // Unpacking checks the CRC-32 of the lines: they are the very bytes that were packed.
  return linesProblem(await unpack(bytes), member, tombstones);
}

function linesProblem(lines: Buffer, member: Member, tombstones: Span[]): string | null {
  const levels = logLevels.map(() => 0);
  // Counted from the member's first row, in numbers: a bigint for every row of an archive takes most of the time.
  const first = member.startSequence;
  const firstNumber = Number(first);
  let next = 0;
  let problem: string | null = null;
  const ends = eachLineHead(lines, (sequence, level) => {
    const row = typeof sequence === "number" ? sequence - firstNumber : Number(sequence - first);
    levels[level] = (levels[level] ?? 0) + 1;
    if (row === next) next++;
    else {
      problem ??= disorder(first, next, row, tombstones);
      next = row + 1;
    }
  });
  if (problem) return problem;
  if (!ends) return "the last line does not end";
  const end = first + BigInt(next);
  if (end !== member.endSequence + 1n) return `row ${end} is missing`;
  const differing = logLevels.find(
    (level, place) => BigInt(levels[place] ?? 0) !== member.levelCounts[level],
  );
  return differing
    ? `${levels[logLevels.indexOf(differing)]} rows of level ${differing} instead of ${member.levelCounts[differing]}`
    : null;
}

/** What is wrong with a row that is not the next one; null when tombstones explain the numbers between. */
function disorder(first: bigint, next: number, row: number, tombstones: Span[]): string | null {
  const found = first + BigInt(row);
  if (row < next) return `row ${found} stands twice or out of order`;
  const [absent] = withoutSpans({ from: first + BigInt(next), to: found - 1n }, tombstones);
  return absent ? `row ${absent.from} is missing` : null;
}
