import "server-only";
import type { FaultCase } from "../fault-case";
import { contentCases } from "./content";
import { killedCases } from "./killed";
import { rivalCases } from "./rivals";
import { writerCases } from "./writers";

/** In the order in which seeds take them. */
export const allCases: FaultCase[] = [...killedCases, ...rivalCases, ...writerCases, ...contentCases];
