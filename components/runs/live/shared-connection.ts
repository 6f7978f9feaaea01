import { type TabMessage, tabMessage } from "@/lib/runs/live/news";
import type { Connection, ConnectionListener, ConnectionState } from "./run-connection";

type Connect = (listener: ConnectionListener) => Connection;

/**
 * One connection for all tabs of this browser that show a run: the tab that holds the lock has it and passes on what it is
 * told; when that tab leaves, the next one in line connects. Where a browser offers no locks (they need HTTPS or localhost)
 * each tab has its own.
 */
export function shareConnection(name: string, connect: Connect, listener: ConnectionListener): Connection {
  if (!("locks" in navigator) || !("BroadcastChannel" in window)) return connect(listener);
  const channel = new BroadcastChannel(name);
  const left = new AbortController();
  let own: Connection | null = null;
  let ownState: ConnectionState = "connecting";
  const tell = (message: TabMessage) => channel.postMessage(message);

  channel.onmessage = ({ data }) => {
    // A tab of another version of this page may say what this one does not know.
    const message = tabMessage.safeParse(data).data;
    if (message?.kind === "asks" && own) tell({ kind: "state", state: ownState });
    else if (message?.kind === "news" && !own) listener.onNews(message.news);
    else if (message?.kind === "state" && !own) listener.onState(message.state);
  };

  const lead = () =>
    new Promise<void>((leave) => {
      left.signal.addEventListener("abort", () => leave(), { once: true });
      if (left.signal.aborted) return leave();
      own = connect({
        onState: (state) => {
          ownState = state;
          tell({ kind: "state", state });
          listener.onState(state);
        },
        onNews: (news) => {
          tell({ kind: "news", news });
          listener.onNews(news);
        },
      });
    });

  listener.onState("connecting");
  tell({ kind: "asks" });
  // Refused only when this tab leaves while it waits for its turn.
  navigator.locks.request(name, { signal: left.signal }, lead).catch(() => {});
  return {
    close: () => {
      own?.close();
      left.abort();
      channel.close();
    },
  };
}
