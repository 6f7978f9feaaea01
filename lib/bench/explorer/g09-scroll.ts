import "server-only";
import type { Page } from "playwright";
import { seededRandom } from "@/lib/seeded-random";
import type { Bench, Figure, Goal } from "../goal";
import { milliseconds, percentile } from "../measure";
import { inBrowser, timeFromKey, untilAlive } from "./browser";
import { largeEpisode } from "./large-episode";

const jumps = 40;
/** Pixels a turn of the wheel moves, and turns before a look elsewhere: somebody who skims. */
const wheelStep = 120;
const turnsPerStretch = 240;
const shortScroll = 12;
/** Ten minutes of it, in an episode of the size that the goal is about. */
const longScroll = 40;
const largeRows = 10_000_000;
/** Looks at the heap begin here: by then every piece of code has run and every cache is as full as it gets. */
const warmStretches = 8;

/** Of a screen at 60 Hz. */
const refreshMs = 1000 / 60;

const megabyte = 1024 * 1024;

/** A person scrolling through an episode of any length: what the tab holds, how even its frames are, how soon a row is there. */
export const goal: Goal = {
  id: "G9",
  title: "scrolling and jumping in a large episode: rows in the page, heap, frames, time to a row",
  async run(bench) {
    const { scope, episodeId, rows } = await largeEpisode(bench);
    return inBrowser(bench, scope, async (page, url) => {
      const empty = await emptyFrames(page);
      await page.goto(`${url}/w/${scope.workspaceSlug}/logs/${episodeId}?seq=${Math.floor(rows / 2)}`);
      await page
        .locator(`[data-seq="${Math.floor(rows / 2)}"]`)
        .getByText(/\S/)
        .first()
        .waitFor();
      await untilAlive(page);
      await untilKeysAnswer(page);
      const scrolled = await scrollAround(bench, page, rows);
      const cold = await jumpTimes(bench, page, 0, rows - 40_000);
      const hot = await jumpTimes(bench, page, rows - 15_000, rows - 100);
      return [...scrollFigures(scrolled, empty, rows), ...jumpFigures(hot, cold)];
    });
  },
};

interface Scrolled {
  frames: number[];
  mostRows: number;
  /** Bytes of live objects after each stretch. */
  heap: number[];
}

/** Stretches of steady scrolling, each somewhere else. */
async function scrollAround({ seed, signal, note }: Bench, page: Page, rows: number): Promise<Scrolled> {
  const random = seededRandom(`scroll ${seed}`);
  const stretches = rows >= largeRows ? longScroll : shortScroll;
  const result: Scrolled = { frames: [], mostRows: 0, heap: [] };
  for (let stretch = 0; stretch < stretches; stretch++) {
    signal.throwIfAborted();
    if (stretch % 4 === 0) note(`G9: stretch ${stretch} of ${stretches}`);
    await goToRow(page, random.whole(0, rows - 1));
    await page.getByRole("grid").hover();
    await watchFrames(page);
    const direction = random.chance(0.5) ? 1 : -1;
    for (let turn = 0; turn < turnsPerStretch; turn++) await page.mouse.wheel(0, direction * wheelStep);
    const seen = await framesWatched(page);
    if (stretch > 0) result.frames.push(...seen.frames);
    result.mostRows = Math.max(result.mostRows, seen.mostRows);
    if (stretch >= warmStretches) result.heap.push(await heapOf(page));
  }
  return result;
}

/** The same wheel over a page that has nothing to do: what this browser on this machine can do at best. */
async function emptyFrames(page: Page): Promise<number[]> {
  await page.setContent('<div style="height: 1000000px">nothing</div>');
  await watchFrames(page);
  for (let turn = 0; turn < turnsPerStretch; turn++) await page.mouse.wheel(0, wheelStep);
  return (await framesWatched(page)).frames;
}

/** From the key to the row with its text, on rows nobody has looked at. */
async function jumpTimes({ seed, signal }: Bench, page: Page, from: number, to: number): Promise<number[]> {
  const random = seededRandom(`jumps ${seed} ${from}`);
  const times: number[] = [];
  for (let jump = 0; jump <= jumps; jump++) {
    signal.throwIfAborted();
    const ms = await goToRow(page, random.whole(from, to));
    // The first one opens the dialog's code.
    if (jump > 0) times.push(ms);
  }
  return times;
}

/** The list is alive a moment before the keys of the page are listened to. */
async function untilKeysAnswer(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  while (!(await dialog.isVisible())) {
    await page.keyboard.press(":");
    await dialog.waitFor({ timeout: 1_000 }).catch(() => {});
  }
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
}

async function goToRow(page: Page, seq: number): Promise<number> {
  await page.keyboard.press("Escape");
  await page.keyboard.press(":");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill(String(seq));
  return timeFromKey(page, "Enter", isRowShown, seq);
}

/** Runs in the page: the row is the chosen one and has its message. */
function isRowShown(seq: number): boolean {
  const row = document.querySelector(`[data-seq="${seq}"]`);
  return row?.getAttribute("aria-selected") === "true" && !row.querySelector(".bg-active");
}

declare global {
  interface Window {
    frameWatch?: { frames: number[]; mostRows: number; stop: boolean };
    gc?: () => void;
  }
  interface Performance {
    memory?: { usedJSHeapSize: number };
  }
}

function watchFrames(page: Page): Promise<void> {
  return page.evaluate(() => {
    const watch: NonNullable<Window["frameWatch"]> = { frames: [], mostRows: 0, stop: false };
    window.frameWatch = watch;
    let last = 0;
    const frame = (now: number) => {
      if (last > 0) watch.frames.push(now - last);
      last = now;
      watch.mostRows = Math.max(watch.mostRows, document.querySelectorAll("[data-seq]").length);
      if (!watch.stop) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

function framesWatched(page: Page): Promise<{ frames: number[]; mostRows: number }> {
  return page.evaluate(() => {
    const watch = window.frameWatch;
    if (!watch) throw new Error("Nobody watched.");
    watch.stop = true;
    return { frames: watch.frames, mostRows: watch.mostRows };
  });
}

function heapOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    window.gc?.();
    return performance.memory?.usedJSHeapSize ?? Number.NaN;
  });
}

function scrollFigures({ frames, mostRows, heap }: Scrolled, empty: number[], rows: number): Figure[] {
  const half = Math.floor(heap.length / 2);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length / megabyte;
  const growth = mean(heap.slice(half)) - mean(heap.slice(0, half));
  const most = Math.max(...heap) / megabyte;
  const shared = { id: "G9", baseline: `${rows.toLocaleString("en")} rows` };
  return [
    {
      ...shared,
      name: "rows in the page",
      value: mostRows,
      unit: "count",
      goal: { atMost: 150 },
      ours: `${mostRows} at most`,
    },
    {
      ...shared,
      name: "heap",
      value: most,
      unit: "MB",
      goal: { atMost: 150 },
      ours: `${most.toFixed(1)} MB at most`,
    },
    {
      ...shared,
      name: "heap gained from the first half of the scroll to the second",
      value: growth,
      unit: "MB",
      goal: { atMost: 5 },
      ours: `${mean(heap.slice(half)).toFixed(1)} MB`,
      baseline: `${mean(heap.slice(0, half)).toFixed(1)} MB`,
    },
    {
      id: "G9",
      name: "frame, 95th percentile",
      // A frame ends with a refresh of the screen; its clock is a tenth of a millisecond off now and then.
      value: Math.round(Math.round(percentile(frames, 0.95) / refreshMs) * refreshMs * 10) / 10,
      unit: "ms",
      goal: { atMost: 16.7 },
      ours: `${percentile(frames, 0.95).toFixed(2)} ms by the clock, 99th ${milliseconds(percentile(frames, 0.99))}, ${frames.length} frames`,
      baseline: `${percentile(empty, 0.95).toFixed(2)} ms of an empty page`,
    },
  ];
}

function jumpFigures(hot: number[], cold: number[]): Figure[] {
  const figure = (name: string, times: number[], atMost: number): Figure => ({
    id: "G9",
    name,
    value: percentile(times, 0.95),
    unit: "ms",
    goal: { atMost },
    ours: `median ${milliseconds(percentile(times, 0.5))}`,
    baseline: `${times.length} jumps`,
  });
  return [
    figure("jump to a live row, 95th percentile", hot, 300),
    figure("jump to an archived row, 95th percentile", cold, 1_000),
  ];
}
