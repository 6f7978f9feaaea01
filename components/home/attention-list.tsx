import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import type { Settled } from "@/lib/auth/settle";
import type { AttentionItem } from "@/lib/runs/schema";
import { RegionFailed } from "./region-failed";

/** What a person should look at, worst first. The whole row is the target; the action names where it leads. */
export async function AttentionList({ attention }: { attention: Promise<Settled<AttentionItem[]>> }) {
  const read = await attention;
  return (
    <Panel title="Needs attention" count={read.ok ? read.value.length : undefined}>
      {!read.ok && <RegionFailed title="Failures cannot be read" requestId={read.requestId} />}
      {read.ok && read.value.length === 0 && (
        <p className="flex h-9 items-center gap-3 border-line border-b text-text-2">
          <StatusGlyph tone="ok" />
          No failure of the last 7 days waits for anybody.
        </p>
      )}
      {read.ok && (
        <ul>
          {read.value.map((item) => (
            <li
              key={`${item.href} ${item.sentence}`}
              className="relative grid h-9 grid-cols-[12px_112px_minmax(0,1fr)_auto_84px] items-center gap-x-3 border-line border-b transition-colors hover:bg-hover max-md:h-auto max-md:grid-cols-[12px_minmax(0,1fr)_auto] max-md:gap-x-2.5 max-md:gap-y-0.5 max-md:py-2.5"
            >
              <StatusGlyph tone="fail" />
              <span className="truncate font-semibold">{item.subject}</span>
              <span
                title={item.sentence}
                className="truncate max-md:order-2 max-md:col-span-2 max-md:col-start-2 max-md:whitespace-normal max-md:text-text-2"
              >
                {item.sentence}
              </span>
              <span className="whitespace-nowrap text-12 text-text-3 max-md:order-3 max-md:col-span-2 max-md:col-start-2">
                {item.consequence} · <Time at={item.at} />
              </span>
              <Link
                href={item.href}
                className="text-right font-medium text-accent-text after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-(--focus-in) max-md:order-1"
              >
                {item.action}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
