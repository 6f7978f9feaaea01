import "server-only";
import type { Page } from "playwright";
import type { Bench, Goal } from "../goal";
import { milliseconds, percentile } from "../measure";
import { inBrowser, timeFromKey, untilAlive } from "./browser";
import { largeEpisode } from "./large-episode";

const searches = 40;
/** Before them, both texts twice: the server compiles what it runs, and a person is seldom its first. */
const firstSearches = 4;
const cancels = 10;
const rowsPerChunk = 50_000;
/** In no row, and nothing shows it without reading: every chunk is gone through. */
const nothing = "[0-9]zz[0-9]zz";

/** A person's search: from the Enter key to the first hit on the screen, and from Stop to the end of its work. */
export const goal: Goal = {
  id: "G12",
  title: "a search in the explorer: its first hit, and how soon it stops",
  async run(bench) {
    const { scope, episodeId, rows } = await largeEpisode(bench);
    return inBrowser(bench, scope, async (page, url) => {
      const place = `${url}/w/${scope.workspaceSlug}/logs/${episodeId}`;
      const hits = await firstHits(bench, page, place);
      const ends = await cancelTimes(bench, page, place);
      const chunks = `${Math.floor(rows / rowsPerChunk)} chunks`;
      return [
        {
          id: "G12",
          name: "first hit on the screen, 95th percentile",
          value: percentile(hits, 0.95),
          unit: "ms",
          goal: { atMost: 300 },
          ours: `median ${milliseconds(percentile(hits, 0.5))} of ${hits.length} searches`,
          baseline: chunks,
        },
        {
          id: "G12",
          name: "from Stop to the end of the request, 95th percentile",
          value: percentile(ends, 0.95),
          unit: "ms",
          goal: { atMost: 250 },
          ours: `median ${milliseconds(percentile(ends, 0.5))} of ${ends.length} searches`,
          baseline: chunks,
        },
      ];
    });
  },
};

async function firstHits({ signal }: Bench, page: Page, place: string): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < firstSearches + searches; n++) {
    signal.throwIfAborted();
    await page.goto(place);
    await page.locator("[data-seq]").first().waitFor();
    await untilAlive(page);
    const text = n % 2 === 0 ? "gave up after" : "out of memory";
    await page.getByLabel("Filter rows by text").fill(text);
    const ms = await timeFromKey(page, "Enter", haveAllRows, text);
    if (n >= firstSearches) times.push(ms);
  }
  return times;
}

/** Runs in the page: the list is the hits. */
function haveAllRows(text: string): boolean {
  const rows = [...document.querySelectorAll("[data-seq]")];
  return rows.length > 0 && rows.every((row) => row.textContent?.includes(text));
}

async function cancelTimes({ signal }: Bench, page: Page, place: string): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < cancels; n++) {
    signal.throwIfAborted();
    await page.goto(`${place}?mode=regex&q=${encodeURIComponent(nothing)}`);
    const stop = page.getByRole("button", { name: "Stop" });
    await stop.waitFor();
    const ended = page.waitForEvent("requestfailed", (request) => request.url().includes("/search?"));
    const since = performance.now();
    await stop.click();
    await ended;
    times.push(performance.now() - since);
  }
  return times;
}
