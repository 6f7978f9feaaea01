import { expect, test } from "vitest";
import { exportedLines } from "./exported-lines";

const trailer = '{"_strata":"trailer","complete":true,"rows":2}\n';
const rows = ['{"sequenceNumber":0,"message":"zwölf"}', '{"sequenceNumber":1,"message":"b"}'];

/** As a network cuts it: anywhere, also inside a letter. */
function inPieces(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
}

test("lines come whole however the answer is cut, and without the trailer", async () => {
  for (const size of [1, 7, 1000]) {
    const told: number[] = [];
    const lines = await exportedLines(inPieces(`${rows.join("\n")}\n${trailer}`, size), (count) =>
      told.push(count),
    );
    expect(lines).toEqual(rows);
    expect(told.at(-1)).toBe(3);
  }
});

test("an answer that breaks off, or says that it failed, is no copy", async () => {
  await expect(exportedLines(inPieces(`${rows[0]}\n`, 100), () => {})).rejects.toThrow("to their end");
  const failed = `${rows[0]}\n{"_strata":"error","code":"unavailable"}\n`;
  await expect(exportedLines(inPieces(failed, 100), () => {})).rejects.toThrow("to their end");
});
