import "server-only";
import { z } from "zod";
import { formatPlural } from "@/lib/format";
import { type Asset, assets } from "@/lib/mongo/collections/assets";
import { scoped } from "@/lib/mongo/scoped";
import { configOf } from "../config";
import type { Executor } from "../executor";

const fields = [
  "type",
  "sourceType",
  "displayName",
  "status",
  "sizeBytes",
  "fileCount",
  "detectedFormats",
] as const;
const comparisons = ["eq", "ne", "gt", "gte", "lt", "lte", "contains", "in"] as const;
const scalar = z.union([z.string(), z.number()]);

const condition = z.object({
  field: z.enum(fields),
  is: z.enum(comparisons).default("eq"),
  value: z.union([scalar, z.array(scalar).max(1_000)]),
});
export type AssetCondition = z.infer<typeof condition>;

const config = z.object({
  where: z.array(condition).min(1).max(50),
  match: z.enum(["all", "any"]).default("all"),
});

type Filtered = Pick<Asset, (typeof fields)[number]>;

/** Hands on the assets that meet its conditions. One that is gone is not handed on. */
export const filterNode: Executor = {
  async run({ scope, task, log }) {
    const { where, match } = configOf(task, config);
    const found = await scoped(scope)
      .collection(assets)
      .find(
        { _id: { $in: task.assetIds } },
        { projection: Object.fromEntries(fields.map((field) => [field, 1])), sort: { _id: 1 } },
      )
      .toArray();
    const kept = new Set(
      found
        .filter((asset) =>
          match === "all"
            ? where.every((each) => meets(asset, each))
            : where.some((each) => meets(asset, each)),
        )
        .map(({ _id }) => _id),
    );
    const assetIds = task.assetIds.filter((id) => kept.has(id));
    const gone = task.assetIds.length - found.length;
    log("stdout", `${assetIds.length} of ${formatPlural(task.assetIds.length, "asset")} kept`);
    if (gone > 0) log("stderr", `${formatPlural(gone, "asset")} of the input no longer exist`);
    return {
      outcome: "succeeded",
      assetIds,
      preview: { kept: assetIds.length, dropped: task.assetIds.length - assetIds.length, where, match },
    };
  },
};

/** Of a list, a comparison is met when one of its values meets it; `ne` when none is equal. */
export function meets(asset: Filtered, { field, is, value }: AssetCondition): boolean {
  const held: (string | number)[] = [asset[field]].flat();
  const wanted = [value].flat();
  if (is === "eq" || is === "in") return held.some((each) => wanted.includes(each));
  if (is === "ne") return !held.some((each) => wanted.includes(each));
  if (is === "contains")
    return held.some((each) =>
      wanted.some((part) => String(each).toLowerCase().includes(String(part).toLowerCase())),
    );
  return held.some((each) => wanted.every((bound) => compares(Number(each), is, Number(bound))));
}

function compares(held: number, is: "gt" | "gte" | "lt" | "lte", bound: number): boolean {
  if (is === "gt") return held > bound;
  if (is === "gte") return held >= bound;
  return is === "lt" ? held < bound : held <= bound;
}
