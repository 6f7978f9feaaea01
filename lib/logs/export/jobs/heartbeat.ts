/** Calls `beat` every so often, one call after the other, until the returned function is called. */
export function heartbeat(everyMs: number, beat: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const next = () => {
    timer = setTimeout(async () => {
      await beat();
      if (!stopped) next();
    }, everyMs);
  };
  next();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
