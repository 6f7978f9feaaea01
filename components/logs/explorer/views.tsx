"use client";

import type { ComponentType } from "react";
import type { ExplorerView } from "@/lib/logs/search-params";
import { LazyCompareView } from "../compare/lazy-compare-view";

interface OtherView {
  view: Exclude<ExplorerView, "rows">;
  label: string;
  /** Takes everything from the explorer around it (`useExplorerContext`) and fills the place of the list. */
  Panel: ComponentType;
}

/** What can stand where the rows are. Each is loaded when somebody looks at it: who reads rows pays for rows. */
export const otherViews: readonly OtherView[] = [
  { view: "compare", label: "Compare", Panel: LazyCompareView },
];
