import type { SentLine } from "../lines";

/** An entry as one of the readers gave it. */
interface ReadBack {
  message: string;
  metadataText: string | null;
  level: string;
  /** ISO text. */
  at: string;
}

/** Where what was read is not what was sent, to the letter (I13); null when it is. */
export function differenceOf(line: SentLine, read: ReadBack): string | null {
  const pairs = [
    ["message", line.message, read.message],
    ["metadata", line.metadataText, read.metadataText],
    ["level", line.level, read.level],
    ["time", line.at, read.at],
  ] as const;
  const differing = pairs.find(([, sent, got]) => sent !== got);
  if (!differing) return null;
  const [name, sent, got] = differing;
  return `${name} was sent as ${shown(sent)} and is read as ${shown(got)}`;
}

/** The name of a line, which its message begins with. */
export function idIn(message: string): string {
  return message.slice(0, Math.max(0, message.indexOf(" ")));
}

function shown(text: string | null): string {
  return JSON.stringify(text).slice(0, 300);
}
