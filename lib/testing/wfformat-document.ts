interface TaskFixture {
  parents?: string[];
  seconds?: number;
}

/** A small WfFormat document of these tasks. */
export function wfformatDocument(tasks: Record<string, TaskFixture>, name = "little-flow") {
  const ids = Object.keys(tasks);
  return {
    name,
    schemaVersion: "1.5",
    runtimeSystem: { name: "Pegasus", version: "5.0" },
    workflow: {
      specification: {
        tasks: Object.entries(tasks).map(([id, { parents = [] }]) => ({
          id,
          name: `step_${id}`,
          parents,
          children: ids.filter((other) => tasks[other]?.parents?.includes(id)),
          inputFiles: [`${id}.in`],
          outputFiles: [`${id}.out`],
        })),
        files: ids.map((id) => ({ id: `${id}.in`, sizeInBytes: 5_000_000_000 })),
      },
      execution: {
        makespanInSeconds: 90.5,
        executedAt: "12-19-20T21:31:53Z",
        tasks: Object.entries(tasks).map(([id, { seconds = 2 }]) => ({
          id,
          runtimeInSeconds: seconds,
          command: { program: "tool", arguments: ["--id", id] },
          machines: ["node-1"],
          readBytes: 3_000_000_000,
        })),
        machines: [{ nodeName: "node-1", cpu: { coreCount: 4 } }],
      },
    },
  };
}
