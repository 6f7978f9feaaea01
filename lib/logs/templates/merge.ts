import { byFrequency, type TemplateCount } from "./drain";
import { wildcard } from "./mask";
import { covers } from "./match";

/**
 * Templates of several chunks as one list. Two chunks may have generalized the same message differently; a template that
 * another one covers is counted there, so that an episode does not show one pattern twice.
 */
export function mergeTemplates(lists: Iterable<readonly TemplateCount[]>): TemplateCount[] {
  const byText = new Map<string, TemplateCount>();
  for (const list of lists) for (const found of list) absorb(byText, found.template, found);
  const mostOpenFirst = [...byText.values()]
    .map((found) => ({ found, words: found.template.split(" ") }))
    .sort((a, b) => wildcardsOf(b.words) - wildcardsOf(a.words) || byFrequency(a.found, b.found));
  const byLength = new Map<number, typeof mostOpenFirst>();
  for (const { found, words } of mostOpenFirst) {
    const kept = byLength.get(words.length) ?? [];
    byLength.set(words.length, kept);
    const general = kept.find((other) => covers(other.words, words));
    if (general) add(general.found, found);
    else kept.push({ found, words });
  }
  return [...byLength.values()]
    .flat()
    .map(({ found }) => found)
    .sort(byFrequency);
}

function absorb(byText: Map<string, TemplateCount>, template: string, found: TemplateCount): void {
  const same = byText.get(template);
  if (same) add(same, found);
  else {
    const { id, count, firstSequence } = found;
    byText.set(template, { id, template, count, firstSequence });
  }
}

/** First sequences are of one episode; across episodes they say nothing. */
function add(total: TemplateCount, part: TemplateCount): void {
  total.count += part.count;
  if (part.firstSequence < total.firstSequence) total.firstSequence = part.firstSequence;
}

function wildcardsOf(words: string[]): number {
  return words.filter((word) => word === wildcard).length;
}
