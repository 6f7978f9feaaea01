import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright";
import { ensureEpisode } from "@/lib/logs/episodes";
import type { Bench, Goal } from "../goal";
import { milliseconds, percentile, timed } from "../measure";
import { inBrowser } from "./browser";

const rowsSent = 100;
const everyMs = 150;

/** From the moment a program sends a row until a person sees it. */
export const goal: Goal = {
  id: "G11",
  title: "a row from its sending to the screen",
  async run(bench) {
    const scope = await bench.workspace();
    const episodeId = "live";
    await ensureEpisode(scope, episodeId);
    const send = await sender(bench, await bench.token(scope), episodeId);
    await send("the first row");
    return inBrowser(bench, scope, async (page, url) => {
      await page.goto(`${url}/w/${scope.workspaceSlug}/logs/${episodeId}?live=true`);
      await page.getByText("the first row").first().waitFor();
      await watchMessages(page);
      const sent = new Map<string, number>();
      const answered: number[] = [];
      for (let row = 0; row < rowsSent; row++) {
        bench.signal.throwIfAborted();
        const message = `measured row ${row}.`;
        sent.set(message, Date.now());
        answered.push((await timed(() => send(message))).ms);
        await pause(everyMs);
      }
      await page
        .getByText(`measured row ${rowsSent - 1}.`)
        .first()
        .waitFor();
      const seen = await page.evaluate(() => window.messagesSeen ?? {});
      const times = [...sent].map(([message, at]) => (seen[message] ?? Number.POSITIVE_INFINITY) - at);
      return [
        {
          id: "G11",
          name: "row sent until it is on the screen, 95th percentile",
          value: percentile(times, 0.95),
          unit: "ms",
          goal: { atMost: 500 },
          ours: `median ${milliseconds(percentile(times, 0.5))}`,
          baseline: `${milliseconds(percentile(answered, 0.95))} until the sender has its answer`,
        },
        {
          id: "G11",
          name: "rows that never came to the screen",
          value: times.filter((ms) => !Number.isFinite(ms)).length,
          unit: "count",
          goal: { atMost: 0 },
          ours: `${times.filter(Number.isFinite).length} seen`,
          baseline: `${rowsSent} sent`,
        },
      ];
    });
  },
};

async function sender(bench: Bench, token: string, episodeId: string) {
  const { url } = await bench.web();
  return async (message: string) => {
    const answer = await fetch(`${url}/api/v1/logs?episode=${episodeId}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ message, level: "info" }),
      signal: bench.signal,
    });
    if (answer.status !== 200) throw new Error(`Ingest answered ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  };
}

declare global {
  interface Window {
    /** When each message was first painted, by the clock that browser and sender share. */
    messagesSeen?: Record<string, number>;
  }
}

function watchMessages(page: Page): Promise<void> {
  return page.evaluate(() => {
    const seen: Record<string, number> = {};
    window.messagesSeen = seen;
    const look = () => {
      for (const row of document.querySelectorAll("[data-seq]")) {
        const [message] = /measured row \d+\./.exec(row.textContent ?? "") ?? [];
        if (message) seen[message] ??= Date.now();
      }
      requestAnimationFrame(look);
    };
    look();
  });
}
