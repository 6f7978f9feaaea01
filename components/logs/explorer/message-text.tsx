import type { AnsiColor } from "@/lib/logs/view/ansi";
import { type MessagePart, messageParts } from "@/lib/logs/view/message-parts";

interface MessageTextProps {
  text: string;
  find: string | RegExp;
  /** Values stay untinted. */
  plain?: boolean;
}

/** The eight names of a terminal in colours that can be read on both grounds. */
const colors: Record<AnsiColor, string> = {
  black: "text-text-3",
  red: "text-fail-text",
  green: "text-ok-text",
  yellow: "text-warn-text",
  blue: "text-run-text",
  magenta: "text-accent-text",
  cyan: "text-log-var",
  white: "text-text",
};

/** A message with its values tinted, the filter's text marked, and the colours its producer gave it for a terminal. */
export function MessageText({ text, find, plain = false }: MessageTextProps) {
  return messageParts(text, find).map((part, i) => {
    const key = `${i}${part.kind}`;
    if (part.kind === "hit") {
      return (
        <mark key={key} className="rounded-[2px] bg-mark text-text">
          {part.text}
        </mark>
      );
    }
    const look = lookOf(part, plain);
    if (!look) return part.text;
    return (
      <span key={key} className={look}>
        {part.text}
      </span>
    );
  });
}

function lookOf({ kind, style }: MessagePart, plain: boolean): string | null {
  if (style?.color) return style.bold ? `${colors[style.color]} font-semibold` : colors[style.color];
  if (kind === "value" && !plain) return "text-log-var";
  return style?.bold ? "font-semibold" : null;
}
