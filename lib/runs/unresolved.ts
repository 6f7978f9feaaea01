interface Run {
  workflowDefinitionId: string;
  createdAt: Date;
}

/** Failed runs of one workflow that no later successful run has made good. */
export interface UnresolvedFailure<T extends Run> {
  latest: T;
  /** How many runs failed since the last success; the latest is one of them. */
  failures: number;
  firstAt: Date;
}

/**
 * One entry per workflow, from its failed runs newest first and the time of its last success. Failures before that
 * success are over and done with.
 */
export function unresolvedFailures<T extends Run>(
  failed: T[],
  lastSuccess: ReadonlyMap<string, Date>,
): UnresolvedFailure<T>[] {
  const found = new Map<string, UnresolvedFailure<T>>();
  for (const run of failed) {
    const success = lastSuccess.get(run.workflowDefinitionId);
    if (success && success.getTime() > run.createdAt.getTime()) continue;
    const entry = found.get(run.workflowDefinitionId);
    if (entry) {
      entry.failures += 1;
      entry.firstAt = run.createdAt;
    } else found.set(run.workflowDefinitionId, { latest: run, failures: 1, firstAt: run.createdAt });
  }
  return [...found.values()];
}
