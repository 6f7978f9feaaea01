import { runChanges, runEnd, runResync, runStill } from "@/lib/runs/live/events";
import type { RunNews } from "@/lib/runs/live/news";
import { second } from "@/lib/time";

export type ConnectionState = "connecting" | "live" | "broken";

export interface ConnectionListener {
  onState: (state: ConnectionState) => void;
  onNews: (news: RunNews) => void;
}

export interface Connection {
  close: () => void;
}

const firstWaitMs = second;
const longestWaitMs = 15 * second;

/**
 * A run's events, that come again by themselves, each time a little later, from where `address` says. The browser would do so
 * too, but would not say when, and gives up for good after one refused request.
 */
export function connectToRun(address: () => string, { onState, onNews }: ConnectionListener): Connection {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let waitMs = firstWaitMs;

  function open() {
    onState("connecting");
    const opened = new EventSource(address());
    source = opened;
    const on = (name: string, told: (content: unknown) => void) =>
      opened.addEventListener(name, (event: MessageEvent<string>) => {
        waitMs = firstWaitMs;
        told(JSON.parse(event.data));
      });
    opened.addEventListener("open", () => onState("live"));
    on("changes", (content) => onNews({ kind: "changes", changes: runChanges.parse(content) }));
    on("still", (content) => onNews({ kind: "still", asOf: runStill.parse(content).asOf }));
    on("resync", (content) => onNews({ kind: "resync", seq: runResync.parse(content).seq }));
    on("end", (content) => {
      const { code, message } = runEnd.parse(content);
      close();
      onNews({ kind: "end", code, message });
      if (code !== "over") comeAgain();
    });
    opened.addEventListener("error", () => {
      close();
      comeAgain();
    });
  }

  function comeAgain() {
    onState("broken");
    timer = setTimeout(open, waitMs);
    waitMs = Math.min(longestWaitMs, waitMs * 2);
  }

  function close() {
    source?.close();
    source = null;
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  open();
  return { close };
}
