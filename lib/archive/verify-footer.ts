import { isIntactPage, pageRange } from "./bloom";
import { type ChunkIndex, chunkFormat, decodeIndexText, decodeTail } from "./footer";
import { indexToJson } from "./footer-json";

/** What is wrong with a footer: it must say what the record says, and every page of the filter must be whole. */
export function footerProblem(footer: Buffer, offset: number, expected: ChunkIndex): string | null {
  const tail = decodeTail(footer);
  if (tail?.format !== chunkFormat) return "it has no footer";
  const text = decodeIndexText(tail, footer.subarray(tail.indexOffset - offset));
  if (text !== indexToJson(expected)) return "its footer says something else";
  const { bloom } = expected;
  for (let page = 0; bloom && page < bloom.pages; page++) {
    const range = pageRange(bloom, page);
    const start = range.offset - offset;
    if (!isIntactPage(bloom, footer.subarray(start, start + range.length)))
      return `page ${page} of its filter is damaged`;
  }
  return null;
}
