"use client";

import type { ComponentType } from "react";
import type { ExplorerView } from "@/lib/logs/search-params";
import { LazyCompareView } from "../compare/lazy-compare-view";
import { LazyPatternsView } from "./patterns/lazy-patterns-view";

interface OtherView {
  view: Exclude<ExplorerView, "rows">;
  label: string;
  /** Takes everything from the explorer around it (`useExplorerContext`) and fills the place of the list. */
  Panel: ComponentType;
}

/** What can stand where the rows are. Each is loaded when somebody looks at it: who reads rows pays for rows. */
export const otherViews: readonly OtherView[] = [
  { view: "patterns", label: "Patterns", Panel: LazyPatternsView },
  { view: "compare", label: "Compare", Panel: LazyCompareView },
];
