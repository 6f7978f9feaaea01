import { stateTone } from "@/components/health/health-look";
import { Panel } from "@/components/ui/panel";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import type { WorkerProcess } from "@/lib/health/schema";
import { processOf } from "../owner";

/** Worker processes that were alive within the day. */
export function Workers({ workers }: { workers: readonly WorkerProcess[] }) {
  const alive = workers.filter(({ state }) => state === "ok").length;
  return (
    <Panel title="Workers" count={`${formatCount(alive)} alive`}>
      {workers.length === 0 ? (
        <p className="py-2 text-12 text-text-2">No worker has run within the day: nothing is archived.</p>
      ) : (
        <ul aria-label="Workers">
          {workers.map(({ worker, state, startedAt, seenAt }) => (
            <li key={worker} className="flex min-h-8 items-center gap-x-3 border-line border-b text-12">
              <StatusGlyph tone={stateTone[state]} />
              <span className="mono min-w-0 grow truncate">{processOf(worker)}</span>
              <span className="whitespace-nowrap text-text-2">
                {state === "ok" ? "alive" : "silent"}, heard <Time at={seenAt} />
              </span>
              <span className="whitespace-nowrap text-text-3 max-md:hidden">
                started <Time at={startedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
