import type { BatchAnswer } from "@/lib/logs/ingest";
import type { SentLine } from "./lines";

export interface SentBatch {
  batchId: string;
  lines: SentLine[];
}

/** A line with the number its sender was told; null where the answer named only the batch's ends. */
export interface Acknowledged {
  line: SentLine;
  seq: bigint | null;
}

/** What was sent and what was acknowledged, kept apart from every store: the witness against all of them (I1). */
export class Ledger {
  readonly acknowledged = new Map<string, Acknowledged>();
  /** Sent and not answered (yet): each may be there once, or not at all. */
  readonly unanswered = new Map<string, SentLine>();
  private readonly answers = new Map<string, Extract<BatchAnswer, { ok: true }>>();

  sent({ lines }: SentBatch): void {
    for (const line of lines) {
      if (!this.acknowledged.has(line.id)) this.unanswered.set(line.id, line);
    }
  }

  /** Gives what is wrong with an answer: a repeated batch must get the one it got before. */
  answered({ batchId, lines }: SentBatch, answer: BatchAnswer): string | null {
    if (!answer.ok) return `batch ${batchId} was refused: ${answer.message}`;
    const before = this.answers.get(batchId);
    if (before) {
      const same =
        before.first === answer.first && before.last === answer.last && before.accepted === answer.accepted;
      return same ? null : `batch ${batchId} got ${spell(before)} first and ${spell(answer)} later`;
    }
    if (answer.accepted !== lines.length)
      return `batch ${batchId} of ${lines.length} lines got ${spell(answer)}`;
    this.answers.set(batchId, answer);
    const dense = answer.last - answer.first + 1n === BigInt(lines.length);
    for (const [index, line] of lines.entries()) {
      this.unanswered.delete(line.id);
      this.acknowledged.set(line.id, { line, seq: dense ? answer.first + BigInt(index) : null });
    }
    return null;
  }
}

function spell({ accepted, first, last }: Extract<BatchAnswer, { ok: true }>): string {
  return `${accepted} accepted as ${first}–${last}`;
}
