"use client";

import { ScrollText } from "lucide-react";
import { useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { formatDuration, formatInstant } from "@/lib/format";
import type { Execution } from "@/lib/runs/executions";
import { runPageParams } from "@/lib/runs/run-page-params";
import { ErrorText } from "../error-text";
import { Section } from "../section";

/** What one attempt left: when it was, where it ran, what it said at its end, and the way to its log. */
export function AttemptDetail({ execution }: { execution: Execution }) {
  const [, setParams] = useQueryStates(runPageParams);
  const { number, workerId, stalls, queuedAt, startedAt, finishedAt, logRef, errorMessage } = execution;
  const waited = queuedAt && startedAt ? Date.parse(startedAt) - Date.parse(queuedAt) : null;
  return (
    <Section
      title={`Attempt ${number}`}
      note={execution.present ? "as the task stands" : "put away when the task was reset"}
      action={
        logRef && (
          <Button size="sm" onClick={() => setParams({ tab: "logs", attempt: number }, { history: "push" })}>
            <ScrollText size={13} aria-hidden="true" />
            Log of attempt {number}
          </Button>
        )
      }
    >
      <dl className="grid grid-cols-[92px_minmax(0,1fr)] gap-y-0.5 pt-2 text-12 [&_dt]:text-text-3">
        <dt>Worker</dt>
        <dd className="mono">{workerId ?? "none took it"}</dd>
        <When name="Queued" at={queuedAt} />
        <When name="Started" at={startedAt} after={waited} />
        <When name="Ended" at={finishedAt} />
        {stalls > 0 && (
          <>
            <dt>Lost workers</dt>
            <dd className="text-warn-text">{stalls}: the lease ran out and the task was queued again</dd>
          </>
        )}
      </dl>
      {errorMessage && (
        <div className="mt-2 border-fail-solid border-l-2 pl-3">
          <ErrorText text={errorMessage} />
        </div>
      )}
    </Section>
  );
}

function When({ name, at, after = null }: { name: string; at: string | null; after?: number | null }) {
  if (!at) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <time dateTime={at}>{formatInstant(at)}</time>
        {after !== null && after > 0 && (
          <span className="text-text-2">, after {formatDuration(after)} in the queue</span>
        )}
      </dd>
    </>
  );
}
