import { cn } from "@/components/ui/cn";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount, formatPlural } from "@/lib/format";
import type { LogGapRow } from "@/lib/logs/schema";
import type { StreamColor } from "@/lib/logs/streams/stream-colors";
import { StreamDot } from "./stream-dot";

const looks = {
  damaged: { tone: "fail", words: "missing" },
  missing: { tone: "fail", words: "missing" },
  unreadable: { tone: "warn", words: "not read yet" },
  never_written: { tone: "off", words: "never written" },
  expired: { tone: "off", words: "expired" },
  in_flight: { tone: "off", words: "being written" },
} as const;

/** Numbers of a stream without rows: how many exactly, of which stream, and why. Never silent, always one line. */
export function StreamGapRow({ gap, name, color }: { gap: LogGapRow; name: string; color: StreamColor }) {
  const { tone, words } = looks[gap.reason];
  const count = Number(BigInt(gap.to) - BigInt(gap.from)) + 1;
  return (
    <>
      <td className="flex min-w-0 items-center gap-1.5 pr-2 pl-3 text-text-2 max-md:pl-2 max-md:text-11">
        <StreamDot color={color} />
        <span className="truncate">{name}</span>
      </td>
      <td
        className={cn(
          "col-span-2 flex min-w-0 items-center gap-2 whitespace-nowrap pr-4.5 font-sans text-12 text-text-2 tracking-normal",
          tone === "fail" && "bg-fail-tint",
          tone === "warn" && "bg-warn-tint",
        )}
      >
        <StatusGlyph tone={tone} />
        <b className={cn("font-medium", tone === "fail" && "text-fail-text")}>
          {formatPlural(count, "row")} {words}
        </b>
        <span className="mono">
          {formatCount(gap.from)}–{formatCount(gap.to)}
        </span>
        <span className="truncate text-text-3">{gap.detail}</span>
      </td>
    </>
  );
}
