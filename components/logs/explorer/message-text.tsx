import { messageParts } from "@/lib/logs/view/message-parts";

interface MessageTextProps {
  text: string;
  find: string;
  /** Values stay untinted. */
  plain?: boolean;
}

/** A message with its values tinted and the filter's text marked. */
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
    if (part.kind === "value" && !plain) {
      return (
        <span key={key} className="text-log-var">
          {part.text}
        </span>
      );
    }
    return part.text;
  });
}
