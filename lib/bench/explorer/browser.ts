import "server-only";
import { existsSync } from "node:fs";
import type { Browser, Page } from "playwright";
import type { WorkspaceScope } from "@/lib/auth/access";
import { sessionCookie } from "@/lib/auth/cookie";
import { signedInCookie } from "@/lib/testing/people";
import type { Bench } from "../goal";

/** Debian's, where it is installed, as in the end-to-end tests. */
const debianChromium = "/usr/bin/chromium";

/** Runs `work` in a tab of a headless Chromium, signed in as the person of the scope. */
export async function inBrowser<T>(
  bench: Bench,
  scope: WorkspaceScope,
  work: (page: Page, url: string) => Promise<T>,
): Promise<T> {
  const { url } = await bench.web();
  const browser = await launch();
  const stop = () => void browser.close();
  bench.signal.addEventListener("abort", stop, { once: true });
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      timezoneId: "UTC",
      reducedMotion: "reduce",
    });
    const value = await signedInCookie({ id: personOf(scope) });
    await context.addCookies([
      { name: sessionCookie(url).name, value, url, httpOnly: true, sameSite: "Lax" },
    ]);
    // The loader of this process wraps named functions in a helper of its own; those that run in the page need one there.
    await context.addInitScript("globalThis.__name ??= (named) => named");
    const page = await context.newPage();
    await page.goto("about:blank");
    return await work(page, url);
  } finally {
    bench.signal.removeEventListener("abort", stop);
    await browser.close();
  }
}

/** Until the page answers to keys: it is painted by the server before. */
export async function untilAlive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const list = document.querySelector("[role=grid]");
    return list !== null && Object.keys(list).some((key) => key.startsWith("__reactProps"));
  });
}

/**
 * Milliseconds from a key to the frame in which `shown` holds, which runs in the page. The page watches before the key is sent:
 * scripts and keys reach it by different ways, and the key may be the faster.
 */
export async function timeFromKey<Arg extends string | number>(
  page: Page,
  key: string,
  shown: (arg: Arg) => boolean,
  arg: Arg,
): Promise<number> {
  await page.evaluate(
    `window.shownAfter = (${watchFromKey})(() => (${shown})(${JSON.stringify(arg)})), undefined`,
  );
  await page.keyboard.press(key);
  return page.evaluate(() => window.shownAfter ?? Number.NaN);
}

function watchFromKey(shown: () => boolean): Promise<number> {
  return new Promise((resolve) => {
    const look = (since: number) => {
      const there = shown();
      requestAnimationFrame(there ? () => resolve(performance.now() - since) : () => look(since));
    };
    document.addEventListener("keydown", () => look(performance.now()), { once: true, capture: true });
  });
}

declare global {
  interface Window {
    shownAfter?: Promise<number>;
  }
}

async function launch(): Promise<Browser> {
  const { chromium } = await import("playwright");
  const args = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
  ];
  // So that a page can be told to collect its garbage before its heap is read.
  return chromium.launch({
    ...(existsSync(debianChromium) && { executablePath: debianChromium }),
    args: [...args, "--js-flags=--expose-gc", "--enable-precise-memory-info"],
  });
}

function personOf({ userId }: WorkspaceScope): string {
  if (userId === null) throw new Error("Only a person signs in to a browser.");
  return userId;
}
