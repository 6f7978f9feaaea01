import { covers } from "./match";

/** Finds the template that a text belongs to: the same text, or else the first one that leaves open what differs. */
export class TemplateIndex<T extends { template: string }> {
  private readonly byText: Map<string, T>;
  private readonly byLength = new Map<number, { words: string[]; found: T }[]>();

  constructor(templates: readonly T[]) {
    this.byText = new Map(templates.map((found) => [found.template, found]));
    for (const found of templates) {
      const words = found.template.split(" ");
      const sameLength = this.byLength.get(words.length) ?? [];
      sameLength.push({ words, found });
      this.byLength.set(words.length, sameLength);
    }
  }

  /** The template that a more special one, or a masked message, is counted under; null when there is none. */
  of(text: string): T | null {
    const same = this.byText.get(text);
    if (same) return same;
    const words = text.split(" ");
    return this.byLength.get(words.length)?.find((general) => covers(general.words, words))?.found ?? null;
  }
}
