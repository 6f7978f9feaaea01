/** Apart from the table, so that the browser can read it. The last four are final; a file is there only when done. */
export const logExportStates = ["queued", "running", "done", "failed", "cancelled", "expired"] as const;
