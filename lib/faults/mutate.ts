import "server-only";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { SeedResult } from "./fault-case";
import { type Mutant, mutants } from "./mutants";
import { runFaults } from "./run";
import type { LaneOptions } from "./run-lane";
import type { FaultSuite } from "./suites";

/** Seeds of each case; one of them has to see it. */
const seedsPerCase = 4;

/** Runs each mutant's cases on sources in which its guard is missing. Gives the names of those that nothing saw. */
export async function runMutants(
  suite: FaultSuite,
  names: string[],
  folder: string,
  options: LaneOptions,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<string[]> {
  const unseen: string[] = [];
  for (const mutant of mutantsNamed(suite, names)) {
    const root = plant(mutant, options.root, path.join(folder, mutant.name));
    const seeds = Array.from(
      { length: mutant.cases.length * (mutant.seedsPerCase ?? seedsPerCase) },
      (_, index) => index + 1,
    );
    const run = { suite, seeds, only: mutant.cases, parallel: 2, minutes: null, untilViolation: true };
    const results = await runFaults(run, { ...options, root, edition: mutant.name }, () => {}, signal);
    // What the harness says about itself is no finding about the product.
    const findings = ({ violations }: SeedResult) =>
      violations.filter(({ invariant }) => invariant !== "harness");
    const seen = results.find((result) => findings(result).length > 0);
    const [first] = seen ? findings(seen) : [];
    if (seen && first)
      print(`${mutant.name}: seen by ${seen.case}, seed ${seen.seed}: ${first.invariant}: ${first.evidence}`);
    else {
      unseen.push(mutant.name);
      print(`${mutant.name}: NOT SEEN in ${results.length} seeds of ${mutant.cases.join(", ")}`);
    }
  }
  return unseen;
}

function mutantsNamed(suite: FaultSuite, names: string[]): Mutant[] {
  if (names.includes("all")) return mutants.filter((mutant) => mutant.suite === suite);
  return names.map((name) => {
    const found = mutants.find((mutant) => mutant.name === name);
    if (!found)
      throw new Error(`There is no mutant ${name}. There are ${mutants.map((each) => each.name).join(", ")}`);
    return found;
  });
}

/** A copy of the sources with the guard taken out. Gives its folder. */
export function plant({ name, file, find, replace }: Mutant, root: string, copy: string): string {
  mkdirSync(copy, { recursive: true });
  for (const part of ["lib", "drizzle", "package.json", "tsconfig.json"])
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"));
  const target = path.join(copy, file);
  const parts = readFileSync(target, "utf8").split(find);
  if (parts.length !== 2)
    throw new Error(
      `The guard of ${name} stands ${parts.length - 1} times in ${file}; correct lib/faults/mutants.ts`,
    );
  writeFileSync(target, parts.join(replace));
  return copy;
}
