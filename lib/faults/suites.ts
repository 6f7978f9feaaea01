/** What `npm run faults -- <name>` breaks. */
export const faultSuiteNames = ["logs", "runs"] as const;
export type FaultSuite = (typeof faultSuiteNames)[number];

export function isFaultSuite(name: string): name is FaultSuite {
  return faultSuiteNames.some((known) => known === name);
}
