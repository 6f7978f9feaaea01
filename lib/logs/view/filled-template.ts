/** A template with the word of a message in place of one of its own: only messages with that word there are of it. */
export function filledTemplate(template: string, word: number, value: string): string {
  return template.split(" ").with(word, value).join(" ");
}
