import { constants } from "node:os";
import { say } from "./progress";

/** Thrown out of every wait when somebody asked the command to stop. */
export class Interrupted extends Error {
  constructor(readonly signalName: NodeJS.Signals) {
    super(`stopped by ${signalName}`);
    this.name = "Interrupted";
  }

  /** What a shell shows for a process ended by this signal. */
  get exitStatus(): number {
    return 128 + constants.signals[this.signalName];
  }
}

/**
 * Turns every way of asking this process to stop into one aborted signal: Ctrl-C, SIGTERM, a closed terminal, a reader
 * that went away (`| head`), and a bootstrap process that was killed. Stopping itself is bounded, so asking again,
 * as a terminal, npm and the bootstrap do at the same time for one Ctrl-C, changes nothing.
 */
export function listenForStop(): AbortSignal {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) return;
    controller.abort(new Interrupted(name));
    say(`Stopping (${name}).`);
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stop(name));
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => stop("SIGHUP"));
  if (process.send) {
    process.on("disconnect", () => stop("SIGTERM"));
    process.channel?.unref();
  }
  return controller.signal;
}

/** The promise, or the interruption if that comes first. The work itself is left to end with the process. */
export async function untilStopped<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let forget = () => {};
  const stopped = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    forget = () => signal.removeEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    forget();
  }
}
