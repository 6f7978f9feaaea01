"use client";

import { PanelRightOpen } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { Tooltip } from "@/components/ui/tooltip";
import { formatCount } from "@/lib/format";
import { runPageParams, runViews } from "@/lib/runs/run-page-params";
import { RunArtifacts } from "./artifacts/run-artifacts";
import { RunEvents } from "./events/run-events";
import { RunInputs } from "./inputs/run-inputs";
import { Inspector } from "./inspector/inspector";
import { readInspector } from "./inspector/use-inspector-pane";
import { AsItWas } from "./moment/as-it-was";
import { MomentStrip } from "./moment/moment-strip";
import { useRunPage } from "./run-page-context";
import { TaskTable } from "./tasks/task-table";
import { useScreen } from "./use-screen";

/** Drawn in the browser alone: it needs the size of its pane, and nothing else on the page waits for it. */
const RunGraph = dynamic(() => import("./graph/run-graph").then((module) => module.RunGraph), {
  ssr: false,
  loading: () => <GraphPlace />,
});

export function RunSplit() {
  const { tasks, run, selected } = useRunPage();
  const [{ view }, setParams] = useQueryStates(runPageParams);
  const screen = useScreen();
  if (tasks.length === 0) {
    return (
      <EmptyState title="No task has been planned yet">
        <p>
          The tasks of this run appear here as soon as its graph is laid out
          {run.status === "queued" ? ": the run is still in the queue." : "."}
        </p>
      </EmptyState>
    );
  }
  return (
    <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)_minmax(0,var(--inspector))] in-data-[inspector=closed]:grid-cols-[minmax(0,1fr)] max-md:flex max-md:flex-col">
      <section
        aria-label="Tasks of the run"
        className="@container relative flex min-h-0 min-w-0 flex-col border-line border-r max-md:order-2 max-md:h-[70dvh] max-md:border-t max-md:border-r-0"
      >
        <Tabs
          value={view}
          onValueChange={(value) => {
            const next = runViews.find((each) => each === value);
            if (next) setParams({ view: next }, { history: "push" });
          }}
          className="flex min-h-0 grow flex-col"
        >
          <TabsList className="shrink-0 px-4 max-md:h-11">
            <TabsTrigger value="graph">
              <span>
                {/* A phone draws no graph. */}
                <span className="max-md:sr-only">Graph and </span>Gantt
              </span>
            </TabsTrigger>
            <TabsTrigger value="tasks" count={formatCount(tasks.length)}>
              Tasks
            </TabsTrigger>
            <TabsTrigger value="events">Events</TabsTrigger>
            <TabsTrigger value="inputs" count={run.inputs.length > 0 ? run.inputs.length : undefined}>
              Inputs
            </TabsTrigger>
            <TabsTrigger
              value="artifacts"
              count={run.artifactCount > 0 ? formatCount(run.artifactCount) : undefined}
            >
              Artifacts
            </TabsTrigger>
            {view === "graph" && <GanttKey />}
          </TabsList>
          <ShowInspector />
          <TabsContent value="graph" tabIndex={-1} className={pane}>
            <AsItWas>
              <MomentStrip />
              {screen === "wide" ? <RunGraph /> : <GraphPlace />}
              <TaskTable dense />
            </AsItWas>
          </TabsContent>
          <TabsContent value="tasks" tabIndex={-1} className={pane}>
            <TaskTable />
          </TabsContent>
          <TabsContent value="events" tabIndex={-1} className={pane}>
            <RunEvents />
          </TabsContent>
          <TabsContent value="inputs" tabIndex={-1} className={pane}>
            <RunInputs />
          </TabsContent>
          <TabsContent value="artifacts" tabIndex={-1} className={pane}>
            <RunArtifacts />
          </TabsContent>
        </Tabs>
      </section>
      {selected && <Inspector task={selected} />}
    </div>
  );
}

/** Stands where the inspector's own button was. */
function ShowInspector() {
  return (
    <Tooltip text="Show the details (i)" side="left">
      <Button
        id="show-inspector"
        variant="ghost"
        size="icon"
        aria-label="Show the details"
        onClick={readInspector}
        className="absolute top-1 right-2 z-2 hidden md:in-data-[inspector=closed]:inline-flex"
      >
        <PanelRightOpen size={14} aria-hidden="true" />
      </Button>
    </Tooltip>
  );
}

const pane =
  "flex min-h-0 grow flex-col focus-visible:rounded-none focus-visible:shadow-none data-[state=inactive]:hidden";

/** Holds the height of the graph until it is drawn, so that nothing under it moves. */
function GraphPlace() {
  return <div aria-hidden="true" className="h-64 shrink-0 border-line border-b max-md:hidden" />;
}

function GanttKey() {
  return (
    <span
      aria-hidden="true"
      className="ml-auto inline-flex items-center gap-1.5 whitespace-nowrap text-11 in-data-[inspector=closed]:pr-8 text-text-3 @max-[680px]:hidden"
    >
      <span className="h-2 w-4 rounded-[2px] bg-hatch-queued" />
      queued
      <span className="ml-2 h-2 w-4 rounded-[2px] bg-ok-soft" />
      ran
      <span className="mx-0.5 ml-2 h-2 w-4 rounded-[2px] shadow-[0_0_0_1px_var(--surface),0_0_0_2px_var(--text)]" />
      critical path
    </span>
  );
}
