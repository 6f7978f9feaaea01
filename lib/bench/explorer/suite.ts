import type { Goal } from "../goal";
import { goal as firstLoadJs } from "./first-load-js";
import { goal as scroll } from "./g09-scroll";
import { goal as live } from "./g11-live";
import { goal as search } from "./g12-search";

export const explorerSuite: Goal[] = [scroll, live, search, firstLoadJs];
