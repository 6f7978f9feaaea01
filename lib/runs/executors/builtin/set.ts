import "server-only";
import { z } from "zod";
import { formatPlural } from "@/lib/format";
import { upstreamResults } from "../../work/upstream";
import { configOf } from "../config";
import type { Executor } from "../executor";

const operations = ["union", "intersection", "difference"] as const;
export type SetOperation = (typeof operations)[number];

const config = z.object({ operation: z.enum(operations).default("union") });

/** Unites, intersects or subtracts the assets that its upstream nodes hand on, in the order in which it names them. */
export const setNode: Executor = {
  async run({ scope, task, log }) {
    const { operation } = configOf(task, config);
    const upstream = await upstreamResults(scope, task);
    if (upstream.length === 0)
      throw new Error("A set operation needs upstream nodes whose assets it works on.");
    for (const { nodeName, assetIds } of upstream)
      log("stdout", `${nodeName}: ${formatPlural(assetIds.length, "asset")}`);
    const assetIds = combine(
      operation,
      upstream.map((result) => result.assetIds),
    );
    log("stdout", `${operation}: ${formatPlural(assetIds.length, "asset")}`);
    return {
      outcome: "succeeded",
      assetIds,
      preview: {
        operation,
        assets: assetIds.length,
        of: upstream.map((result) => ({ node: result.nodeId, assets: result.assetIds.length })),
      },
    };
  },
};

/** Each asset once, in the order of the first list that has it. A difference is the first list without all the others. */
export function combine(operation: SetOperation, lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lists.map((list) => new Set(list));
  if (operation === "union") return [...new Set(lists.flat())];
  if (operation === "intersection") return [...first].filter((id) => others.every((other) => other.has(id)));
  return [...first].filter((id) => !others.some((other) => other.has(id)));
}
