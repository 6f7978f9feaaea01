"use client";

import { useQueryStates } from "nuqs";
import { useTransition } from "react";
import { type RunListParams, runListParams } from "@/lib/runs/search-params";

/** The run list's part of the URL. A changed filter starts again at the newest run. */
export function useRunParams() {
  const [pending, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(runListParams, {
    shallow: false,
    history: "push",
    startTransition,
  });
  const set = (patch: { [Name in keyof RunListParams]?: RunListParams[Name] | null }) =>
    void setParams({ cursor: null, direction: null, ...patch });
  return { params, pending, set };
}
export type RunParams = ReturnType<typeof useRunParams>;

/** Takes every filter away; what else stands in the URL stays. */
export const noFilters = {
  status: null,
  workflow: null,
  version: null,
  project: null,
  by: null,
  input: null,
  since: null,
  until: null,
  longer: null,
  shorter: null,
  q: null,
} as const;
