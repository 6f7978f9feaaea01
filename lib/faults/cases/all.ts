import "server-only";
import type { FaultCase } from "../fault-case";
import { runCases } from "../runs/cases";
import type { FaultSuite } from "../suites";
import { contentCases } from "./content";
import { damageCases } from "./damage";
import { deletionCases } from "./deleted";
import { engineCases } from "./engine";
import { halfDoneCases } from "./half-done";
import { killedCases } from "./killed";
import { readerCases } from "./readers";
import { restoreCases } from "./restored";
import { rivalCases } from "./rivals";
import { s3Cases } from "./s3";
import { versionCases } from "./versions";
import { workerCases } from "./worker";
import { writerCases } from "./writers";

/** In the order in which seeds take them. */
const logCases: FaultCase[] = [
  ...killedCases,
  ...rivalCases,
  ...s3Cases,
  ...damageCases,
  ...engineCases,
  ...halfDoneCases,
  ...writerCases,
  ...readerCases,
  ...contentCases,
  ...restoreCases,
  ...versionCases,
  ...deletionCases,
  ...workerCases,
];

export const faultSuites: Record<FaultSuite, FaultCase[]> = { logs: logCases, runs: runCases };

const allCases: FaultCase[] = Object.values(faultSuites).flat();

/** By full name, or by the fault alone: "F10" is every case of F10. Throws on a name that is none. */
export function casesNamed(names: string[]): FaultCase[] {
  return names.flatMap((name) => {
    const found = allCases.filter(({ id }) => id === name || id.startsWith(`${name} `));
    if (found.length === 0) throw new Error(`There is no case ${JSON.stringify(name)}`);
    return found;
  });
}

export function caseNamed(name: string): FaultCase {
  const found = allCases.find(({ id }) => id === name);
  if (!found) throw new Error(`There is no case ${JSON.stringify(name)}`);
  return found;
}
