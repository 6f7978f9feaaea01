import { cn } from "@/components/ui/cn";
import type { ArchiveAttempt } from "@/lib/archive/schema";
import { formatClock, formatCount, formatDuration, formatInstant } from "@/lib/format";
import { stepLook, triggerWords } from "../archive-look";

/** The steps of an attempt in words, in their order, and everything else that is on record of it. */
export function AttemptSteps({ attempt }: { attempt: ArchiveAttempt }) {
  const { steps, error, nextAttemptAt, owner, epoch, trigger, from, to, startedAt, finishedAt } = attempt;
  return (
    <div className="grid gap-x-8 gap-y-2 pt-1 pr-3 pb-3 pl-6 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">Steps of attempt {epoch}</caption>
        <colgroup>
          <col className="w-8" />
          <col />
          <col className="w-24" />
        </colgroup>
        <tbody>
          {steps.map(({ step, durationMs, outcome }) => (
            <tr key={step} className={cn("h-5", outcome === "failed" && "text-fail-text")}>
              <td className="mono p-0 text-text-3">{step}</td>
              <th scope="row" className="p-0 text-left font-normal">
                <span
                  aria-hidden="true"
                  className={cn(
                    "mr-1.5 inline-block size-2 rounded-[2px]",
                    outcome === "failed" ? "bg-fail-solid" : stepLook(step).fill,
                  )}
                />
                {stepLook(step).does}
              </th>
              <td className="p-0 text-right">
                {outcome === "failed" && "failed, "}
                {formatDuration(durationMs)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-2 self-start text-text-2">
        <dt className="text-text-3">Owner</dt>
        <dd className="mono [overflow-wrap:anywhere]">{owner}</dd>
        <dt className="text-text-3">Began</dt>
        <dd>
          {formatInstant(startedAt)}, {triggerWords[trigger]}
        </dd>
        <dt className="text-text-3">Ended</dt>
        <dd>{finishedAt ? formatClock(finishedAt) : "not yet"}</dd>
        {from !== null && (
          <>
            <dt className="text-text-3">Rows</dt>
            <dd className="mono">
              {formatCount(from)}
              {to !== null && `–${formatCount(to)}`}
            </dd>
          </>
        )}
        {error && (
          <>
            <dt className="text-text-3">Error</dt>
            <dd className="text-fail-text [overflow-wrap:anywhere]">{error}</dd>
          </>
        )}
        {nextAttemptAt && (
          <>
            <dt className="text-text-3">Tried again</dt>
            <dd>{formatInstant(nextAttemptAt)}</dd>
          </>
        )}
      </dl>
    </div>
  );
}
