import {
  createLoader,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { taskStatuses } from "./status";
import { taskSorts } from "./task-sort";

export const runViews = ["graph", "tasks"] as const;
export const inspectorTabs = ["overview", "logs", "result"] as const;

/** Everything a person has chosen on a run page stands in its URL. */
export const runPageParams = {
  /** The one selected task; without it the page opens on what broke first. */
  task: parseAsString,
  view: parseAsStringLiteral(runViews).withDefault("graph"),
  tab: parseAsStringLiteral(inspectorTabs).withDefault("overview"),
  /** Only tasks in these states. */
  status: parseAsArrayOf(parseAsStringLiteral(taskStatuses)).withDefault([]),
  /** Only what failed and what it was made from. */
  cause: parseAsBoolean.withDefault(false),
  /** Without what succeeded. */
  rest: parseAsBoolean.withDefault(false),
  /** Like tasks in one box; without it the size of the graph decides. */
  fold: parseAsBoolean,
  /** Boxes of like tasks that were opened. */
  open: parseAsArrayOf(parseAsString).withDefault([]),
  sort: parseAsStringLiteral(taskSorts).withDefault("start"),
  desc: parseAsBoolean.withDefault(false),
};

export const loadRunPageParams = createLoader(runPageParams);
