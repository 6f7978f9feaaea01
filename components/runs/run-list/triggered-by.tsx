"use client";

import { useRunList } from "./run-list-context";

/** A member by name; what is no member says itself what it is. */
export function TriggeredBy({ by }: { by: string }) {
  const { people } = useRunList();
  return <span title={by}>{people[by] ?? by}</span>;
}
