import { cn } from "@/components/ui/cn";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import type { Health } from "@/lib/health/schema";
import { type HealthItem, healthItems, stateTone } from "./health-look";

/** Who checks, who works and which stores answer, in one line while all is well; what is not says so in full. */
export function HealthLine({ health }: { health: Health }) {
  const items = healthItems(health);
  const heard = items.flatMap(({ state, at }) => (state === "ok" && at ? [at] : [])).sort();
  return (
    <section
      id="health"
      aria-label="Health of the platform"
      className="border-line border-b px-6 max-md:px-4"
    >
      <dl className="flex min-h-8 flex-wrap items-center gap-x-6 gap-y-1 py-1 text-12">
        {items.map((item) => (
          <Item key={item.name} item={item} />
        ))}
        {heard[0] && (
          <div className="ml-auto text-text-3 max-md:ml-0">
            <dt className="inline">heard</dt>{" "}
            <dd className="inline">
              <Time at={heard[0]} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Item({ item: { name, state, says, more, brief, at } }: { item: HealthItem }) {
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      <dt className="flex items-center gap-1.5 whitespace-nowrap text-text-2">
        <StatusGlyph tone={stateTone[state]} />
        {name}
      </dt>
      {state === "ok" ? (
        <dd className="whitespace-nowrap text-text-3">{brief}</dd>
      ) : (
        <dd className={cn("min-w-0", state === "failing" ? "font-medium text-fail-text" : "text-text-2")}>
          {says}
          {more && `, ${more}`}
          {at && (
            <>
              , <Time at={at} />
            </>
          )}
        </dd>
      )}
    </div>
  );
}
