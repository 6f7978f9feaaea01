"use client";

import { useStore } from "@xyflow/react";
import { isInView, type Placed } from "@/lib/runs/graph-view";

/**
 * The boxes that can be seen, to be drawn as elements. Changes only when one comes into view or leaves it, so a move within
 * draws nothing anew.
 */
export function useItemsInView<Item extends Placed>(items: readonly Item[]): readonly Item[] {
  return useStore((frame) => items.filter((item) => isInView(item, frame)), sameItems);
}

function sameItems(a: readonly Placed[], b: readonly Placed[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
