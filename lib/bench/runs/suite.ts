import type { Goal } from "../goal";
import { goal as firstPage } from "./p01-first-page";
import { goal as farPage } from "./p02-far-page";
import { goal as listOverhead } from "./p03-list-overhead";
import { goal as bytes } from "./p04-bytes";
import { goal as graph } from "./p05-graph";
import { goal as change } from "./p06-change";
import { goal as gantt } from "./p07-gantt";
import { goal as transitions } from "./p08-transitions";
import { goal as throughput } from "./p09-throughput";
import { goal as aggregation } from "./p10-aggregation";
import { goal as retry } from "./p11-retry";
import { goal as cancel } from "./p12-cancel";
import { goal as live } from "./p13-live";
import { goal as log } from "./p14-log";

/** In the order in which they run; the ones that share runs stand together, the million runs last. */
export const runsSuite: Goal[] = [
  graph,
  change,
  gantt,
  transitions,
  throughput,
  aggregation,
  retry,
  cancel,
  live,
  log,
  bytes,
  firstPage,
  farPage,
  listOverhead,
];
