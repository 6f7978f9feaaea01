import type { WorkflowDocument } from "./graph-document";

/** What a new workflow begins with: three tasks that the console's own worker runs. */
export const exampleWorkflow: WorkflowDocument = {
  strata: "workflow/1",
  nodes: [
    { id: "fetch", nodeType: "sleep", executorType: "builtin", executorConfig: { durationMs: 1000 } },
    {
      id: "check",
      nodeType: "log",
      executorType: "builtin",
      upstreamNodeIds: ["fetch"],
      note: "Writes a few lines, so that there is a log to look at.",
    },
    {
      id: "report",
      nodeType: "report",
      executorType: "builtin",
      upstreamNodeIds: ["fetch", "check"],
      artifactTitle: "What came of it",
    },
  ],
};
