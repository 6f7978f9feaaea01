import { describe, expect, test } from "vitest";
import { readArray } from "./read-array";
import { readLines, type UploadLine } from "./read-lines";

/** The bytes of a text, in pieces of a few bytes: a line may be cut anywhere, also within a character. */
async function* inPieces(text: string | Buffer, size: number) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function collect(lines: AsyncIterable<UploadLine>): Promise<UploadLine[]> {
  const found: UploadLine[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

const linesOf = (text: string | Buffer, size: number, limit = 1000) =>
  collect(readLines(inPieces(text, size), limit));
const elementsOf = (text: string, size: number, limit = 1000) =>
  collect(readArray(inPieces(text, size), limit));

describe.each([1, 3, 7, 1000])("bytes that come in pieces of %d", (size) => {
  test("lines end at line feeds and nowhere else", async () => {
    expect(await linesOf('{"a":"é€😀"}\r\n\n{"b":"\u2028"}\n  \n{"c":1}', size)).toEqual([
      { number: 1, text: '{"a":"é€😀"}' },
      { number: 3, text: '{"b":"\u2028"}' },
      { number: 5, text: '{"c":1}' },
    ]);
  });

  test("a byte order mark is no part of the first line", async () => {
    expect(await linesOf('\uFEFF{"a":1}\n', size)).toEqual([{ number: 1, text: '{"a":1}' }]);
  });

  test("a line that is too long is named and the ones around it are read", async () => {
    const found = await linesOf(`short\n${"x".repeat(5000)}\nafter\n`, size, 100);
    expect(found).toMatchObject([
      { number: 1, text: "short" },
      { number: 2, problem: "The line is longer than 100 bytes" },
      { number: 3, text: "after" },
    ]);
    expect(found[1]?.text).toHaveLength(100);
  });

  test("a line that is no UTF-8 is refused instead of being changed", async () => {
    const broken = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}\nok\n')]);
    expect(await linesOf(broken, size)).toMatchObject([
      { number: 1, problem: "The line is not UTF-8" },
      { number: 2, text: "ok" },
    ]);
  });

  test("the elements of an array are found through strings, brackets and space", async () => {
    const text = ' [ {"a":"],[\\"}"} , {"b":[1,[2]]},\n{"c":{"d":{}}} ] ';
    expect((await elementsOf(text, size)).map((line) => line.text.trim())).toEqual([
      '{"a":"],[\\"}"}',
      '{"b":[1,[2]]}',
      '{"c":{"d":{}}}',
    ]);
    expect(await elementsOf("[]", size)).toEqual([]);
  });

  test("an array that does not end says so after the elements that did", async () => {
    expect(await elementsOf('[{"a":1},{"b":', size)).toMatchObject([
      { number: 1, text: '{"a":1}' },
      { number: 2, problem: expect.stringContaining("does not end") },
    ]);
  });

  test("what follows an array is not passed over in silence", async () => {
    expect(await elementsOf('[{"a":1}] {"lost":1}', size)).toMatchObject([
      { number: 1, text: '{"a":1}' },
      { number: 2, problem: "Something follows the JSON array" },
    ]);
  });

  test("an element that is too long is named and the ones around it are read", async () => {
    const found = await elementsOf(`[{"a":1},{"b":"${"x".repeat(500)}"},{"c":1}]`, size, 100);
    expect(found.map(({ number, problem }) => [number, problem !== undefined])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
  });
});
