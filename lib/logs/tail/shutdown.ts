const signals = ["SIGTERM", "SIGINT"] as const;
let registered = false;

/**
 * Runs `work` when the process is asked to stop. A server waits for its open answers before it goes, and a tail would keep it
 * waiting for ever. Who else listens decides how the process ends; when nobody does, it ends as it would have without us.
 */
export function onShutdown(work: () => void): void {
  if (registered) return;
  registered = true;
  for (const signal of signals) {
    process.once(signal, () => {
      work();
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
}
