import "server-only";
import type { BuiltinNodeType, Executor } from "../executor";
import { sleepNode } from "./sleep";

const nodes: Partial<Record<BuiltinNodeType, Executor>> = { sleep: sleepNode };

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
