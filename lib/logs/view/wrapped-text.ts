/** Three lines of the widest list hold no more. */
const mostCharacters = 900;
const mostLines = 3;

/** What of a message can stand in a wrapped row: its first lines that say something. */
export function wrappedText(message: string): string {
  const start = message.slice(0, mostCharacters).replaceAll("\r\n", "\n").replaceAll("\t", "    ");
  return start
    .split(/[\n\r]/)
    .filter((line) => line.trim() !== "")
    .slice(0, mostLines)
    .join("\n");
}
