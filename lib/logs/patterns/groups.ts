import type { TemplateCount } from "../templates/drain";
import { covers } from "../templates/match";
import { mergeTemplates } from "../templates/merge";

/**
 * Templates of several stretches of rows as one list, and to which of it each of them belongs: two stretches may have
 * generalized the same messages differently.
 */
export class TemplateGroups {
  readonly templates: TemplateCount[];
  private readonly byText: Map<string, TemplateCount>;
  private readonly byLength = new Map<number, { words: string[]; template: TemplateCount }[]>();

  constructor(lists: readonly (readonly TemplateCount[])[]) {
    this.templates = mergeTemplates(lists);
    this.byText = new Map(this.templates.map((template) => [template.template, template]));
    for (const template of this.templates) {
      const words = template.template.split(" ");
      const sameLength = this.byLength.get(words.length) ?? [];
      sameLength.push({ words, template });
      this.byLength.set(words.length, sameLength);
    }
  }

  /** The template that a more special one, or a masked message, is counted under; null when there is none. */
  of(text: string): TemplateCount | null {
    const same = this.byText.get(text);
    if (same) return same;
    const words = text.split(" ");
    return this.byLength.get(words.length)?.find((general) => covers(general.words, words))?.template ?? null;
  }
}
