/** A run as far as its descent needs to know it. */
export interface Descendant {
  _id: string;
  retryOfRunId: string | null;
  createdAt: Date;
}

export interface Lineage<T extends Descendant> {
  /** The first run; it may be too old to be among those that were read. */
  root: string;
  /** The failed runs of it, oldest first. */
  failed: T[];
}

/** Runs by their descent: each belongs to the run that it, over any number of retries, repeats. */
export function lineagesOf<T extends Descendant>(
  failed: readonly T[],
  parents: ReadonlyMap<string, string | null>,
): Lineage<T>[] {
  const found = new Map<string, T[]>();
  for (const run of failed) {
    const root = rootOf(run._id, parents);
    const members = found.get(root);
    if (members) members.push(run);
    else found.set(root, [run]);
  }
  return [...found].map(([root, members]) => ({
    root,
    failed: members.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime()),
  }));
}

/** The first run of a run's lineage; a ring, which nobody can make but a broken import, ends where it closes. */
export function rootOf(runId: string, parents: ReadonlyMap<string, string | null>): string {
  const seen = new Set<string>();
  let at = runId;
  for (;;) {
    seen.add(at);
    const parent = parents.get(at) ?? null;
    if (parent === null || seen.has(parent)) return at;
    at = parent;
  }
}

/** The same inputs, in whatever order they were named. */
export function inputsKey(inputs: readonly { kind: string; id: string; versionId?: string }[]): string {
  return inputs
    .map(({ kind, id, versionId = "" }) => `${kind} ${id} ${versionId}`)
    .sort()
    .join("\n");
}
