import "server-only";
import type { BuiltinNodeType, Executor } from "../executor";
import { failNode } from "./fail";
import { filterNode } from "./filter";
import { logNode } from "./log";
import { probeNode } from "./probe";
import { reportNode } from "./report";
import { setNode } from "./set";
import { sleepNode } from "./sleep";

const nodes: Record<BuiltinNodeType, Executor> = {
  probe: probeNode,
  filter: filterNode,
  set: setNode,
  report: reportNode,
  sleep: sleepNode,
  fail: failNode,
  log: logNode,
};

/** What the console can do by itself, by the type of the node. */
export const builtin: Executor = {
  async run(work) {
    const { nodeType } = work.task;
    const node = Object.entries(nodes).find(([name]) => name === nodeType)?.[1];
    if (!node)
      throw new Error(
        `The executor builtin has no node type ${nodeType}; it has ${Object.keys(nodes).join(", ")}.`,
      );
    return node.run(work);
  },
};
