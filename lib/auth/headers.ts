/** Written by proxy.ts on every request it passes on; what a client sends under these names is overwritten. */

/** The page asked for, so that sign-in can lead back to it. */
export const pathHeader = "x-strata-path";

/** Names one request in the log, in its answer and on an error page. */
export const requestIdHeader = "x-request-id";
