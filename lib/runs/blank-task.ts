import type { RunTask } from "@/lib/mongo/collections/runs";

/** What an attempt leaves on its task, as it is before the first: the fields that a reset puts back. */
export function unstarted() {
  return {
    stalls: 0,
    outputArtifactIds: [],
    logRef: null,
    cacheHit: false,
    logLines: [],
    stdoutLines: [],
    stderrLines: [],
    stdoutCount: 0,
    stderrCount: 0,
    errorMessage: null,
    summary: {},
    lastResultPreview: null,
    workerId: null,
    leaseExpiresAt: null,
    heartbeatAt: null,
    cancelRequestedAt: null,
    skipReason: null,
    queuedAt: null,
    startedAt: null,
    finishedAt: null,
    durationMs: null,
  } satisfies Partial<RunTask>;
}

/** A task that nothing has happened to, but for what it is and where it belongs. */
export function blankTask() {
  return {
    ...unstarted(),
    executorConfig: {},
    codeHookSpec: null,
    artifactType: null,
    artifactTitle: null,
    attempt: 1,
    assetIds: [],
    cacheKey: null,
    fence: 0,
    opSeq: 0,
    deliveries: 0,
    priority: 0,
  } satisfies Partial<RunTask>;
}
