import { messageParts } from "@/lib/logs/view/message-parts";

/** A message with its values tinted and the filter's text marked. */
export function MessageText({ text, find }: { text: string; find: string }) {
  return messageParts(text, find).map((part, i) => {
    const key = `${i}${part.kind}`;
    if (part.kind === "hit") {
      return (
        <mark key={key} className="rounded-[2px] bg-mark text-text">
          {part.text}
        </mark>
      );
    }
    if (part.kind === "value") {
      return (
        <span key={key} className="text-log-var">
          {part.text}
        </span>
      );
    }
    return part.text;
  });
}
