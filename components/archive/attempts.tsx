import { cn } from "@/components/ui/cn";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { ArchiveAttempt } from "@/lib/archive/schema";
import { formatClock, formatCount, formatDate, formatDuration } from "@/lib/format";
import { outcomeLook, stepLook, stepLooks, triggerWords } from "./archive-look";

/** What each attempt did, step by step in the one safe order; a step that failed is red and last. */
export function Attempts({ attempts, shown }: { attempts: readonly ArchiveAttempt[]; shown: number }) {
  const longest = Math.max(1, ...attempts.map(spent));
  return (
    <section aria-labelledby="attempts-heading" className="mt-4">
      <div className="flex h-9 items-center gap-2 border-line border-b">
        <h2 id="attempts-heading" className="font-semibold">
          Attempts
        </h2>
        <span className="text-text-3">
          {attempts.length < shown ? formatCount(attempts.length) : `last ${formatCount(shown)}`}
        </span>
        {attempts.length > 0 && <StepKey />}
      </div>
      {attempts.length === 0 ? (
        <p className="py-2 text-12 text-text-3">Nothing has tried to archive this episode yet.</p>
      ) : (
        <table className="w-full table-fixed border-collapse text-12 max-md:block">
          <colgroup>
            <col className="w-30" />
            <col className="w-34" />
            <col />
            <col className="w-48" />
          </colgroup>
          <thead className="sr-only">
            <tr>
              <th scope="col">Started</th>
              <th scope="col">By</th>
              <th scope="col">Steps</th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody className="max-md:block">
            {attempts.map((attempt) => (
              <AttemptRow key={attempt.id} attempt={attempt} longest={longest} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function AttemptRow({ attempt, longest }: { attempt: ArchiveAttempt; longest: number }) {
  const look = outcomeLook[attempt.outcome];
  return (
    <tr className="h-7 border-line border-b max-md:grid max-md:h-auto max-md:grid-cols-[auto_minmax(0,1fr)] max-md:gap-x-3 max-md:gap-y-1 max-md:py-2">
      <td className="whitespace-nowrap p-0">
        <span className="inline-flex items-center gap-2 text-text-2" title={formatDate(attempt.startedAt)}>
          <StatusGlyph tone={look.tone} />
          {formatClock(attempt.startedAt)}
          <span className="text-text-3" title="Epoch of the lease">
            {attempt.epoch}
          </span>
        </span>
      </td>
      <td
        className="mono truncate p-0 pr-3 text-text-3 max-md:hidden"
        title={`${attempt.owner}, ${triggerWords[attempt.trigger]}`}
      >
        {attempt.owner}
      </td>
      <td className="p-0 pr-3 max-md:order-3 max-md:col-span-2 max-md:pr-0">
        <Steps attempt={attempt} longest={longest} />
      </td>
      <td
        className={cn("truncate p-0", look.tone === "fail" ? "text-fail-text" : "text-text-2")}
        title={attempt.error ?? undefined}
      >
        {attempt.error ?? `${rangeOf(attempt)}${look.label}, ${formatDuration(spent(attempt))}`}
      </td>
    </tr>
  );
}

function Steps({ attempt, longest }: { attempt: ArchiveAttempt; longest: number }) {
  const words = attempt.steps.map(
    ({ step, durationMs, outcome }) =>
      `${step} ${stepLook(step).name}: ${formatDuration(durationMs)}${outcome === "failed" ? ", failed" : ""}`,
  );
  return (
    <span
      role="img"
      aria-label={words.join("; ") || "no step yet"}
      title={words.join("\n")}
      className="flex h-2.5 gap-px"
    >
      {attempt.steps.map(({ step, durationMs, outcome }) => (
        <span
          key={step}
          className={cn(
            "min-w-0.5 rounded-[1px]",
            outcome === "failed" ? "min-w-3 bg-fail-solid" : stepLook(step).fill,
          )}
          style={{ flex: `0 1 ${(durationMs / longest) * 100}%` }}
        />
      ))}
    </span>
  );
}

function StepKey() {
  return (
    <span aria-hidden="true" className="ml-auto flex gap-3 text-11 text-text-3 max-lg:hidden">
      {stepLooks.slice(1, 7).map(({ name, fill }) => (
        <span key={name}>
          <span className={cn("mr-1.25 inline-block size-2 rounded-[2px]", fill)} />
          {name}
        </span>
      ))}
    </span>
  );
}

function rangeOf({ chunkNumber, from, to }: ArchiveAttempt): string {
  if (chunkNumber === null || from === null || to === null) return "";
  return `chunk ${formatCount(chunkNumber)}, `;
}

function spent({ steps }: ArchiveAttempt): number {
  return steps.reduce((sum, { durationMs }) => sum + durationMs, 0);
}
