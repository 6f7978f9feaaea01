"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** Loaded when somebody compares: who reads rows pays for rows. */
export const LazyCompareView = dynamic(() => import("./compare-view").then((module) => module.CompareView), {
  ssr: false,
  loading: () => (
    <div
      role="status"
      aria-label="Opening the comparison"
      className="flex h-10 items-center gap-4 border-line border-b px-3"
    >
      <Skeleton className="w-48" />
      <Skeleton className="w-64" />
    </div>
  ),
});
