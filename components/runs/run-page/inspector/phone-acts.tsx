"use client";

import { CircleStop, RotateCcw } from "lucide-react";
import { useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { retryableFailures, retryWords } from "@/lib/runs/retryable";
import { runPageParams } from "@/lib/runs/run-page-params";
import type { TaskRow } from "@/lib/runs/schema";
import { runStatus } from "@/lib/runs/status";
import { ActButton } from "../acts/act-button";
import { useRunActs } from "../acts/acts-context";
import { useRunPage } from "../run-page-context";

/** What one does with a run on a phone, within reach of the thumb: read the log, and retry or cancel. */
export function PhoneActs({ task }: { task: TaskRow }) {
  const { run, tasks } = useRunPage();
  const [{ tab }, setParams] = useQueryStates(runPageParams);
  const { begin } = useRunActs();
  const retryable = run.status === "cancelling" ? [] : retryableFailures(tasks);
  const going = !runStatus[run.status].final;
  const log = task.logRef !== null;
  if (!log && retryable.length === 0 && !going) return null;
  return (
    <div className="sticky bottom-0 z-10 flex gap-2 border-line border-t bg-surface px-4 py-2.5 md:hidden">
      {log && (
        <Button
          className="h-11 grow basis-0"
          onClick={() => setParams({ tab: tab === "logs" ? "overview" : "logs" }, { history: "push" })}
        >
          {tab === "logs" ? "Show overview" : "Read log"}
        </Button>
      )}
      {retryable.length > 0 ? (
        <ActButton
          variant="primary"
          className="h-11 grow basis-0"
          onClick={() => begin({ kind: "retry_failed" })}
        >
          <RotateCcw size={14} aria-hidden="true" />
          {retryWords(retryable)}
        </ActButton>
      ) : (
        going && (
          <ActButton
            variant="danger"
            className="h-11 grow basis-0"
            disabled={run.status === "cancelling"}
            onClick={() => begin({ kind: "cancel" })}
          >
            <CircleStop size={14} aria-hidden="true" />
            {run.status === "cancelling" ? "Cancelling" : "Cancel run"}
          </ActButton>
        )
      )}
    </div>
  );
}
