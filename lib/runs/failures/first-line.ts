/** The first line of an error that says anything. */
export function firstLine(message: string | null, most = 200): string {
  const line = message
    ?.split("\n")
    .find((text) => text.trim() !== "")
    ?.trim();
  if (!line) return "No reason was recorded.";
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
