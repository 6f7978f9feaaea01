import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { type WorkflowFilters, workflowStatuses } from "./schema";

/** The list's part of the URL: `?q=align&project=…&status=draft&cursor=…`. */
export const workflowListParams = {
  q: parseAsString,
  project: parseAsString,
  status: parseAsStringLiteral(workflowStatuses),
  cursor: parseAsString,
};
export const loadWorkflowListParams = createLoader(workflowListParams);
export const workflowListQuery = createSerializer(workflowListParams);

export function workflowFiltersOf({
  q,
  project,
  status,
  cursor,
}: Awaited<ReturnType<typeof loadWorkflowListParams>>): WorkflowFilters {
  return {
    text: q?.trim().slice(0, 120) || null,
    projectId: project?.slice(0, 100) || null,
    status,
    cursor: cursor?.slice(0, 600) || null,
  };
}

export const workflowTabs = ["graph", "runs", "inputs", "settings"] as const;
export type WorkflowTab = (typeof workflowTabs)[number];

/** A workflow's page: the version that is looked at, the one it is compared with, the chosen node. */
export const workflowPageParams = {
  tab: parseAsStringLiteral(workflowTabs).withDefault("graph"),
  version: parseAsInteger,
  against: parseAsInteger,
  node: parseAsString,
  show: parseAsStringLiteral(["graph", "list"] as const).withDefault("graph"),
};
export const loadWorkflowPageParams = createLoader(workflowPageParams);
export const workflowPageQuery = createSerializer(workflowPageParams);

/** The start form, filled in by whoever links to it. */
export const startParams = {
  version: parseAsInteger,
  dataset: parseAsArrayOf(parseAsString).withDefault([]),
  asset: parseAsArrayOf(parseAsString).withDefault([]),
  /** A run whose inputs are to begin with. */
  from: parseAsString,
};
export const loadStartParams = createLoader(startParams);
export const startQuery = createSerializer(startParams);
