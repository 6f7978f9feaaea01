import { maskMessage, wildcard } from "./mask";

/** Whether a message is of a template: as many words, and each the same or left open by the template. */
export function matchesTemplate(template: string, message: string): boolean {
  return covers(template.split(" "), maskMessage(message).split(" "));
}

export function covers(general: string[], specific: string[]): boolean {
  return (
    general.length === specific.length &&
    general.every((word, index) => word === specific[index] || word === wildcard)
  );
}
