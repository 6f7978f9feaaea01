"use client";

import { useQueryStates } from "nuqs";
import { FailedState } from "@/components/ui/failed-state";
import { FetchFailure } from "@/lib/query/fetch-json";
import { type Execution, executionAt } from "@/lib/runs/executions";
import { runPageParams } from "@/lib/runs/run-page-params";
import type { TaskRow } from "@/lib/runs/schema";
import { useExecutions } from "../../use-executions";
import { Section } from "../section";
import { AttemptDetail } from "./attempt-detail";
import { AttemptDifference } from "./attempt-difference";
import { AttemptTable } from "./attempt-table";

/** Every time the task was worked on: nothing of an attempt is lost when the task runs again. */
export function TaskAttempts({ task }: { task: TaskRow }) {
  const { executions, past } = useExecutions(task);
  const [{ attempt }, setParams] = useQueryStates(runPageParams);
  const chosen = executionAt(executions, attempt);
  if (past.isError && !past.data) {
    return (
      <FailedState
        title="Earlier attempts cannot be read"
        requestId={past.error instanceof FetchFailure ? past.error.requestId : null}
        onRetry={() => past.refetch()}
        retrying={past.isFetching}
        className="px-4"
      >
        {past.error.message}
      </FailedState>
    );
  }
  return (
    <div className="grid content-start gap-3.5 py-2 pb-6">
      <Section title="Attempts" note={noteOf(executions, past.isLoading)}>
        <AttemptTable
          executions={executions}
          chosen={chosen}
          onChoose={(number) => setParams({ attempt: number }, { history: "push" })}
        />
      </Section>
      {chosen && <AttemptDetail key={chosen.key} execution={chosen} />}
      {executions.length > 1 && <AttemptDifference executions={executions} />}
    </div>
  );
}

function noteOf(executions: readonly Execution[], reading: boolean): string {
  if (reading) return "reading the earlier ones";
  return executions.length === 1 ? "it was never retried" : String(executions.length);
}
