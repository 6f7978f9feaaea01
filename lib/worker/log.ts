/** One line of JSON per event on standard output: what a log collector, and the console itself, can read. */
export function logEvent(
  level: "info" | "warn" | "error",
  event: string,
  fields: Record<string, unknown> = {},
): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), level, event, ...fields }));
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
