import type { TemplateCount } from "../templates/drain";
import { mergeTemplates } from "../templates/merge";
import { TemplateIndex } from "../templates/template-index";

/**
 * Templates of several stretches of rows as one list, and to which of it each of them belongs: two stretches may have
 * generalized the same messages differently.
 */
export class TemplateGroups {
  readonly templates: TemplateCount[];
  private readonly index: TemplateIndex<TemplateCount>;

  constructor(lists: readonly (readonly TemplateCount[])[]) {
    this.templates = mergeTemplates(lists);
    this.index = new TemplateIndex(this.templates);
  }

  /** The template that a more special one, or a masked message, is counted under; null when there is none. */
  of(text: string): TemplateCount | null {
    return this.index.of(text);
  }
}
