import { maskMessage, wildcard, wordsOf } from "./mask";

/** A message as templates see it: its words with their values masked, and as they are written. */
export interface MessageWords {
  masked: string[];
  written: string[];
}

export function messageWords(message: string): MessageWords {
  return { masked: maskMessage(message).split(" "), written: wordsOf(message) };
}

/**
 * Whether a message is of a template: as many words, and each the same or left open by the template. A word of the message
 * may stand in the template as it is written, in place of a `<*>`: then only messages with that value are of it.
 */
export function isOfTemplate(template: string[], { masked, written }: MessageWords): boolean {
  return (
    template.length === masked.length &&
    template.every((word, index) => word === masked[index] || word === wildcard || word === written[index])
  );
}

export function matchesTemplate(template: string, message: string): boolean {
  return isOfTemplate(template.split(" "), messageWords(message));
}

/** Whether one template leaves open all that another one does: what is of the second is of the first. */
export function covers(general: string[], specific: string[]): boolean {
  return (
    general.length === specific.length &&
    general.every((word, index) => word === specific[index] || word === wildcard)
  );
}
