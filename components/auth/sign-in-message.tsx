import { cn } from "@/components/ui/cn";
import { StatusGlyph } from "@/components/ui/status-glyph";

type Message = { tone: "warn" | "fail"; text: string };

const tones: Record<Message["tone"], string> = {
  warn: "border-warn-line bg-warn-tint text-warn-text",
  fail: "border-fail-line bg-fail-tint text-fail-text",
};

/** The region is there before it has anything to say: a screen reader announces what appears inside it. */
export function SignInMessage({ message }: { message: Message | null }) {
  return (
    <div role="status" aria-live="polite" className={cn(!message && "contents")}>
      {message && (
        <p className={cn("flex items-center gap-2 rounded-2 border px-3 py-2", tones[message.tone])}>
          <StatusGlyph tone={message.tone} />
          {message.text}
        </p>
      )}
    </div>
  );
}
