const signals = ["SIGTERM", "SIGINT"] as const;
const works = new Set<() => void>();

/**
 * Runs `work` when the process is asked to stop. A server waits for its open answers before it goes, and a tail would keep it
 * waiting for ever. Who else listens decides how the process ends; when nobody does, it ends as it would have without us.
 */
export function onShutdown(work: () => void): void {
  const registered = works.size > 0;
  works.add(work);
  if (registered) return;
  for (const signal of signals) {
    process.once(signal, () => {
      for (const each of works) each();
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
}
