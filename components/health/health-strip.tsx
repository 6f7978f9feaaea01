import { cn } from "@/components/ui/cn";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import type { Health } from "@/lib/health/schema";
import { type HealthItem, healthItems, stateTone } from "./health-look";

/** Whether what the page says can be relied on: who checks, who works, and which stores answer. */
export function HealthStrip({ health }: { health: Health }) {
  return (
    <section aria-label="Health of the platform" className="border-line border-b">
      <dl className="grid grid-cols-4 px-6 max-lg:grid-cols-2 max-md:px-4">
        {healthItems(health).map((item) => (
          <Item key={item.name} item={item} />
        ))}
      </dl>
    </section>
  );
}

function Item({ item: { name, state, says, more, at } }: { item: HealthItem }) {
  return (
    <div className="min-w-0 border-line px-4 py-2.5 max-lg:odd:pl-0 max-lg:even:border-l max-md:pr-0 max-lg:[&:nth-child(n+3)]:border-t lg:not-first:border-l lg:first:pl-0">
      <dt className="eyebrow flex items-center gap-1.5">
        <StatusGlyph tone={stateTone[state]} />
        {name}
      </dt>
      <dd className={cn("text-12", state === "failing" ? "font-medium text-fail-text" : "text-text-2")}>
        {says}
      </dd>
      {(more || at) && (
        <dd className="text-11 text-text-3">
          {more}
          {more && at && ", "}
          {at && <Time at={at} />}
        </dd>
      )}
    </div>
  );
}
