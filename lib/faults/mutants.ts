import { mutantsOfRuns } from "./runs/mutants";
import type { FaultSuite } from "./suites";

/** A guard taken out of the product. A harness that cannot tell does not test that guard. */
export interface Mutant {
  name: string;
  /** From the project's root. */
  file: string;
  /** Stands in the file exactly once. */
  find: string;
  replace: string;
  suite: FaultSuite;
  /** The cases of which one must see it. */
  cases: string[];
  /** Seeds of each case at most, where a few do not do: the guard is against a rare order of things. */
  seedsPerCase?: number;
}

const logMutants: Omit<Mutant, "suite">[] = [
  {
    name: "unfenced-commit",
    file: "lib/archive/commit.ts",
    find: "{ ...heldBy(lease), archivedThrough:",
    replace: "{ episodeId, archivedThrough:",
    cases: ["F10 beside"],
  },
  {
    name: "delete-before-verify",
    file: "lib/archive/archiver.ts",
    find: `const put = await attempt.step("S3",`,
    replace: `await pruneArchived(scope, episodeId, encoded.endSequence);\n  const put = await attempt.step("S3",`,
    cases: ["F4 before", "F5 before", "F6 before"],
  },
  {
    name: "unverified-object",
    file: "lib/archive/archiver.ts",
    find: "await verifyObject(store, key,",
    replace: "await (async (..._: unknown[]) => {})(store, key,",
    cases: ["F13"],
  },
  {
    name: "reader-ignores-archive",
    file: "lib/logs/read/page.ts",
    find: "overlap(span, { from: archivedThrough + 1n, to: span.to })",
    replace: "span",
    cases: ["F7 before", "F6 after"],
  },
  {
    name: "lease-by-own-clock",
    file: "lib/archive/lease.ts",
    find: "{ episodeId, ...isFree },",
    replace: `{ episodeId, $or: [{ archiveLease: null }, { "archiveLease.expiresAt": { $lte: new Date() } }] },`,
    cases: ["F11 all"],
  },
  {
    name: "archive-passes-writers",
    file: "lib/archive/range.ts",
    find: "open ? open.startSequence : nextSequenceNumber",
    replace: "nextSequenceNumber",
    cases: ["F21 waits", "F21 given up"],
  },
  {
    name: "no-tombstones",
    file: "lib/logs/seal.ts",
    find: "settle(scope, reservation, figuresByBlock(present), missing)",
    replace: "settle(scope, reservation, figuresByBlock(present), [])",
    cases: ["F22 reserved", "F21 given up"],
  },
];

export const mutants: Mutant[] = [
  ...logMutants.map((mutant) => ({ ...mutant, suite: "logs" as const })),
  ...mutantsOfRuns.map((mutant) => ({ ...mutant, suite: "runs" as const })),
];
