import "server-only";
import type { CDPSession, Page } from "playwright";

declare global {
  interface Window {
    /** Longest time in which the page could not answer, since its first moment. */
    longestBlockMs?: number;
    /** When each status of each task was first painted, by the clock that browser and bench share. */
    statusesSeen?: Record<string, number>;
    framesSeen?: { frames: number[]; stop: boolean };
  }
}

/** To be called before the page is opened. */
export async function watchBlocks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.longestBlockMs = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        window.longestBlockMs = Math.max(window.longestBlockMs ?? 0, duration);
    }).observe({ type: "longtask", buffered: true });
  });
}

/** Milliseconds from the request for the page until the first box of its graph was in a frame. */
export function graphPainted(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((painted) => {
        const look = () => {
          if (document.querySelector('[data-testid^="graph-box-"], [data-far]'))
            requestAnimationFrame(() => painted(performance.now()));
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

/** Time that the page's main thread has worked since it was opened, in milliseconds. */
export async function busyMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
}

export async function metricsOf(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return session;
}

/** From now on `statusesSeen` says when a task's row or box first showed a status: "<task id> <status>". */
export function watchStatuses(page: Page): Promise<void> {
  return page.evaluate(() => {
    const seen: Record<string, number> = {};
    window.statusesSeen = seen;
    const look = () => {
      for (const row of document.querySelectorAll('[data-testid^="task-row-"]')) {
        const id = row.getAttribute("data-testid")?.slice("task-row-".length);
        const key = `${id} ${row.getAttribute("data-status")}`;
        seen[key] ??= Date.now();
      }
      requestAnimationFrame(look);
    };
    look();
  });
}

/** Elements of the graph and the rows that lie in the window. */
export function elementsInView(page: Page): Promise<number> {
  return page.evaluate(() => {
    const region = document.querySelector('section[aria-label="Tasks of the run"]');
    let count = 0;
    for (const element of region?.querySelectorAll("*") ?? []) {
      const { top, bottom, left, right } = element.getBoundingClientRect();
      if (bottom > 0 && top < innerHeight && right > 0 && left < innerWidth) count++;
    }
    return count;
  });
}

export function watchFrames(page: Page): Promise<void> {
  return page.evaluate(() => {
    const seen: NonNullable<Window["framesSeen"]> = { frames: [], stop: false };
    window.framesSeen = seen;
    let last = 0;
    const frame = (now: number) => {
      if (last > 0) seen.frames.push(now - last);
      last = now;
      if (!seen.stop) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

export function framesSeen(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    if (!window.framesSeen) throw new Error("Nobody watched.");
    window.framesSeen.stop = true;
    return window.framesSeen.frames;
  });
}
