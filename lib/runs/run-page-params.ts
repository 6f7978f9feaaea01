import {
  createLoader,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsIsoDateTime,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { taskStatuses } from "./status";
import { taskSorts } from "./task-sort";

export const runViews = ["graph", "tasks", "events", "inputs", "artifacts"] as const;
export const inspectorTabs = ["overview", "logs", "result", "attempts"] as const;
/** Who wrote a line of a task's log: its program's two outputs, or the engine about it. */
export const logStreams = ["all", "stdout", "stderr", "system"] as const;
export type LogStreamChoice = (typeof logStreams)[number];

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
  /** The graph as a list. */
  outline: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(taskSorts).withDefault("start"),
  desc: parseAsBoolean.withDefault(false),
  /** The part of the run that the time axis shows: from and to, in milliseconds after its start. */
  zoom: parseAsArrayOf(parseAsInteger),
  /** Long waits in which nothing ran are drawn short. */
  idle: parseAsStringLiteral(["short"]),
  /** Graph and Gantt show the run as it was at this moment; without it, as it is. */
  at: parseAsIsoDateTime,
  /** Of the events, those that broke something. */
  problems: parseAsBoolean.withDefault(false),
  /** Of the events, those of the selected task. */
  mine: parseAsBoolean.withDefault(false),
  /** The artifact that is open. */
  artifact: parseAsString,
  /** Which execution of the selected task the log is of, counted from 1; without it the present one. */
  attempt: parseAsInteger,
  /** The two executions that are compared. */
  between: parseAsArrayOf(parseAsInteger),
  stream: parseAsStringLiteral(logStreams).withDefault("all"),
  /** What is sought in the log. */
  find: parseAsString.withDefault(""),
  /** Long lines are broken rather than cut. */
  wrap: parseAsBoolean.withDefault(false),
  /** The row of the log that a link is about. */
  line: parseAsString,
};

export const loadRunPageParams = createLoader(runPageParams);
