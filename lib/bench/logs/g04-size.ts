import { gzipSync } from "node:zlib";
import { ChunkEncoder, type EncodedChunk } from "@/lib/archive/members";
import { toLine } from "@/lib/logs/entry-line";
import { generateLines } from "../generate";
import type { Figure, Goal } from "../goal";
import { storedEntries } from "./stored-entries";

const rowsPerChunk = 50_000;

export const goal: Goal = {
  id: "G4",
  title: "bytes of a chunk against gzip -6 of the same lines",
  async run({ logs, seed }) {
    let baseline = 0;
    let withFilter = 0;
    let filter = 0;
    for (const entries of storedEntries(generateLines(logs, seed), rowsPerChunk)) {
      const lines = entries.map((entry) => toLine(entry)).join("\n");
      baseline += gzipSync(`${lines}\n`, { level: 6 }).length;
      const encoder = new ChunkEncoder(entries[0]?.sequenceNumber ?? 0n);
      for (const entry of entries) await encoder.add(entry);
      const chunk = await encoder.finish([]);
      if (!chunk) throw new Error("A chunk without rows");
      withFilter += chunk.file.length;
      filter += filterBytes(chunk);
    }
    const figure = (name: string, bytes: number, atMost: number): Figure => ({
      id: "G4",
      name,
      value: bytes / baseline,
      unit: "x",
      goal: { atMost },
      ours: megabytes(bytes),
      baseline: megabytes(baseline),
    });
    return [
      figure("size without filter", withFilter - filter, 1.02),
      figure("size with filter", withFilter, 1.11),
    ];
  },
};

function filterBytes({ index: { bloom } }: EncodedChunk): number {
  return bloom ? bloom.pages * bloom.pageBytes : 0;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 2 })} MB`;
}
