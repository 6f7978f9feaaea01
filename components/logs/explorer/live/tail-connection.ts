import { z } from "zod";
import { second } from "@/lib/time";

/** How a live view stands to its server. */
export type TailState =
  | { kind: "off" }
  | { kind: "connecting" }
  | { kind: "live" }
  /** Broke off; tried again at that time. */
  | { kind: "waiting"; until: number }
  /** Ended for good: why. */
  | { kind: "refused"; message: string };

interface TailListener {
  onState: (state: TailState) => void;
  /** Everything with a position: rows, gaps, what was skipped, and where the episode stands. */
  onEvent: (event: MessageEvent<string>) => void;
}

const told = ["rows", "gap", "skipped", "state"] as const;
const firstWaitMs = second;
const longestWaitMs = 15 * second;
/** Coming again cannot help. */
const lasting = ["forbidden", "unauthorized", "not_found"];
const ending = z.object({ code: z.string(), message: z.string() });

/**
 * A tail that comes again by itself, each time a little later, and always where the last event left it. The browser would
 * do so too, but would not say when, and gives up for good after one refused request.
 */
export function connectTail(
  address: () => string,
  { onState, onEvent }: TailListener,
): { close: () => void } {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let waitMs = firstWaitMs;

  function open() {
    onState({ kind: "connecting" });
    source = new EventSource(address());
    for (const name of told) {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        waitMs = firstWaitMs;
        onEvent(event);
      });
    }
    source.addEventListener("open", () => onState({ kind: "live" }));
    source.addEventListener("end", (event: MessageEvent<string>) => {
      const { code, message } = ending.parse(JSON.parse(event.data));
      close();
      if (lasting.includes(code)) onState({ kind: "refused", message });
      else comeAgain();
    });
    source.addEventListener("error", () => {
      close();
      comeAgain();
    });
  }

  function comeAgain() {
    onState({ kind: "waiting", until: Date.now() + waitMs });
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
