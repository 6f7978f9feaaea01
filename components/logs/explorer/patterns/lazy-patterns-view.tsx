"use client";

import dynamic from "next/dynamic";
import { PatternsSkeleton } from "./pattern-states";

/** Loaded when somebody looks at it. */
export const LazyPatternsView = dynamic(async () => (await import("./patterns-view")).PatternsView, {
  loading: PatternsSkeleton,
});
