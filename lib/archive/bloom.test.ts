import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { tokensOf } from "@/lib/logs/tokens";
import { seededRandom } from "@/lib/seeded-random";
import { type Bloom, buildBloom, pageFor, pageMayHold, pageRange } from "./bloom";
import { TokenSet } from "./token-set";

/** A filter with its pages where an object would have them. */
function filterOf(texts: string[]): { bloom: Bloom; read: (token: string) => Buffer } {
  const tokens = new TokenSet();
  for (const text of texts) tokens.addText(text);
  const { shape, parts } = buildBloom(tokens);
  const object = Buffer.concat(parts.flatMap((part) => [part, Buffer.alloc(26)]));
  const bloom = { ...shape, offset: 0 };
  const read = (token: string) => {
    const { offset, length } = pageFor(bloom, token);
    return object.subarray(offset, offset + length);
  };
  return { bloom, read };
}

const folder = join(import.meta.dirname, "../../../shared/data/logs/loghub");
const present = existsSync(folder);
const systems = ["HDFS", "BGL", "Windows"];

/** Real lines, many of which share their words. */
function realTexts(): string[] {
  return systems.flatMap((system) =>
    gunzipSync(readFileSync(join(folder, system, `${system}_2k.log.gz`)))
      .toString("utf8")
      .split("\n"),
  );
}

const letters = [..."abcdefghijklmnopqrstuvwxyzäöüßαβγ0123456789_ABCDEFЦЧШ語𠮷"];

function randomTexts(words: number): string[] {
  const random = seededRandom(`words ${words}`);
  const letter = () => letters[random.whole(0, letters.length - 1)] ?? "a";
  const word = () => Array.from({ length: random.whole(2, 13) }, letter).join("");
  return Array.from({ length: Math.ceil(words / 10) }, () => Array.from({ length: 10 }, word).join(" ,"));
}

const sources: [name: string, textsOf: () => string[]][] = [
  ["3 random words", () => randomTexts(3)],
  ["200 random words", () => randomTexts(200)],
  ["5,000 random words", () => randomTexts(5_000)],
  ["150,000 random words", () => randomTexts(150_000)],
];
if (present) sources.push(["real logs", realTexts]);

describe.each(sources)("a filter over %s", (name, textsOf) => {
  const texts = textsOf();
  const { bloom, read } = filterOf(texts);

  test("never denies a word that is there", () => {
    const denied = texts.flatMap((text) =>
      [...tokensOf(text)].filter((token) => !pageMayHold(bloom, read(token), token)),
    );
    expect(denied).toEqual([]);
  });

  test("errs for less than one absent word in 200", () => {
    const random = seededRandom(name);
    const absent = Array.from({ length: 20_000 }, (_, n) => `absent${n}x${random.whole(0, 1e9)}`);
    const wrong = absent.filter((token) => pageMayHold(bloom, read(token), token));
    expect(wrong.length / absent.length).toBeLessThan(0.005);
  });

  test("takes two bytes a word, in pages of at most 4 KB", () => {
    expect(bloom.pageBytes).toBeLessThanOrEqual(4096);
    const bytes = bloom.pages * bloom.pageBytes;
    expect(bytes).toBeGreaterThanOrEqual(bloom.tokens * 2);
    expect(bytes).toBeLessThanOrEqual(Math.max(64, bloom.tokens * 4 + 8, bloom.tokens * 2.01 + 4096));
  });
});

test("a page that is damaged or cut short hides nothing", () => {
  const { bloom, read } = filterOf(["one two three"]);
  const page = Buffer.from(read("absent"));
  expect(pageMayHold(bloom, page, "absent")).toBe(false);
  expect(pageMayHold(bloom, page.subarray(0, 20), "absent")).toBe(true);
  for (let bit = 0; bit < page.length * 8; bit++) {
    const damaged = Buffer.from(page);
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(pageMayHold(bloom, damaged, "absent")).toBe(true);
  }
});

test("pages do not overlap", () => {
  const tokens = new TokenSet();
  for (let n = 0; n < 30_000; n++) tokens.addText(`word${n}`);
  const { shape } = buildBloom(tokens);
  const bloom = { ...shape, offset: 1000 };
  let end = 1000;
  for (let page = 0; page < shape.pages; page++) {
    const { offset, length } = pageRange(bloom, page);
    expect(offset).toBeGreaterThanOrEqual(end);
    end = offset + length;
  }
});
