"use client";

import { useQuery } from "@tanstack/react-query";
import { PanelRightClose, RotateCcw } from "lucide-react";
import { useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { PaneEdge } from "@/components/ui/pane-edge";
import { StatusBadge } from "@/components/ui/status-badge";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { Tooltip } from "@/components/ui/tooltip";
import { narrowest, widest } from "@/lib/runs/inspector-pane";
import { taskOptions } from "@/lib/runs/query-options";
import { whyNotRetryTask } from "@/lib/runs/retryable";
import { inspectorTabs, runPageParams } from "@/lib/runs/run-page-params";
import type { TaskRow } from "@/lib/runs/schema";
import { taskStatus } from "@/lib/runs/status";
import { taskNameParts } from "@/lib/runs/task-name";
import { ActButton } from "../acts/act-button";
import { useRunActs } from "../acts/acts-context";
import { useRunPage } from "../run-page-context";
import { useExecutions } from "../use-executions";
import { TaskAttempts } from "./attempts/task-attempts";
import { TaskLog } from "./log/task-log";
import { PhoneActs } from "./phone-acts";
import { TaskOverview } from "./task-overview";
import { TaskResult } from "./task-result";
import { useInspectorPane } from "./use-inspector-pane";

/** Everything about the one selected task. */
export function Inspector({ task }: { task: TaskRow }) {
  const { workspace, run } = useRunPage();
  const [{ tab }, setParams] = useQueryStates(runPageParams);
  const detail = useQuery(taskOptions(workspace, run.id, task));
  const { executions } = useExecutions(task);
  const pane = useInspectorPane();
  const artifacts = detail.data?.artifacts.length ?? 0;
  return (
    <section
      id="inspector"
      tabIndex={-1}
      aria-label={`Selected task ${task.name}`}
      className="relative flex min-h-0 min-w-0 flex-col md:in-data-[inspector=closed]:hidden focus-visible:rounded-none focus-visible:shadow-none max-md:order-1"
    >
      <PaneEdge
        label="Width of the details"
        value={pane.share}
        least={narrowest}
        most={widest}
        onResize={pane.resize}
        onStep={pane.resizeBy}
        onResized={pane.keep}
      />
      <InspectorHead task={task} onClose={pane.close} />
      <Tabs
        value={tab}
        onValueChange={(value) => {
          const next = inspectorTabs.find((each) => each === value);
          if (next) setParams({ tab: next }, { history: "push" });
        }}
        className="flex min-h-0 grow flex-col"
      >
        <TabsList className="shrink-0 px-4 max-md:sticky max-md:top-12 max-md:z-10 max-md:h-11 max-md:bg-surface">
          <TabsTrigger value="overview">Overview</TabsTrigger>
          <TabsTrigger value="logs">Logs</TabsTrigger>
          <TabsTrigger value="result" count={artifacts > 0 ? artifacts : undefined}>
            Result
          </TabsTrigger>
          <TabsTrigger value="attempts" count={executions.length > 1 ? executions.length : undefined}>
            Attempts
          </TabsTrigger>
        </TabsList>
        <TabsContent value="overview" className={panel}>
          <TaskOverview task={task} detail={detail} />
        </TabsContent>
        <TabsContent value="logs" className={filled}>
          <TaskLog task={task} />
        </TabsContent>
        <TabsContent value="result" className={panel}>
          <TaskResult detail={detail} />
        </TabsContent>
        <TabsContent value="attempts" className={panel}>
          <TaskAttempts task={task} />
        </TabsContent>
      </Tabs>
      <PhoneActs task={task} />
    </section>
  );
}

/** The log scrolls by itself, between its bar and its status line. */
const filled =
  "flex min-h-0 grow flex-col focus-visible:rounded-none focus-visible:shadow-[var(--focus-in)] data-[state=inactive]:hidden";

/** Positioned, so that what is only spoken in it scrolls with it and does not make the page longer. */
const panel =
  "relative min-h-0 grow overflow-y-auto focus-visible:rounded-none focus-visible:shadow-[var(--focus-in)] data-[state=inactive]:hidden";

function InspectorHead({ task, onClose }: { task: TaskRow; onClose: () => void }) {
  const { taskByNode } = useRunPage();
  const { begin } = useRunActs();
  const { stem, mark } = taskNameParts(task.name, task.nodeId);
  const blocked = whyNotRetryTask(task, taskByNode);
  return (
    <div className="flex min-h-12 shrink-0 items-center gap-3 px-4 pt-2.5 pb-1.5">
      <h2 className="min-w-0 truncate font-medium font-mono text-15 tracking-[-0.02em]" title={task.name}>
        {stem}
        {mark && <span className="font-normal text-text-3"> {mark}</span>}
      </h2>
      <span role="status" className="ml-1">
        <StatusBadge status={taskStatus[task.status]} />
      </span>
      <span className="-mr-2 ml-auto flex shrink-0 items-center gap-1 max-md:hidden">
        {taskStatus[task.status].final &&
          (blocked === null ? (
            <ActButton onClick={() => begin({ kind: "retry", taskIds: [task.id] })}>
              <RotateCcw size={14} aria-hidden="true" />
              Retry task…
            </ActButton>
          ) : (
            <Tooltip text={blocked}>
              <Button aria-disabled="true">
                <RotateCcw size={14} aria-hidden="true" />
                Retry task…
                <span className="sr-only"> {blocked}</span>
              </Button>
            </Tooltip>
          ))}
        <Tooltip text="Hide the details (i)" side="left">
          <Button variant="ghost" size="icon" aria-label="Hide the details" onClick={onClose}>
            <PanelRightClose size={14} aria-hidden="true" />
          </Button>
        </Tooltip>
      </span>
    </div>
  );
}
