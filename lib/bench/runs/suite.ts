import type { Goal } from "../goal";
import { goal as graph } from "./p05-graph";
import { goal as change } from "./p06-change";
import { goal as gantt } from "./p07-gantt";
import { goal as live } from "./p13-live";
import { goal as log } from "./p14-log";

export const runsSuite: Goal[] = [graph, change, gantt, live, log];
