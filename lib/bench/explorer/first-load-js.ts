import "server-only";
import type { CDPSession, Page } from "playwright";
import type { Goal } from "../goal";
import { inBrowser } from "./browser";

const kilobyte = 1000;
/** Rows of the episode that the explorer opens: enough for a full screen of everything. */
const rows = 10_000;

/**
 * The JavaScript a page needs before it can be used, as it travels: compressed, with an empty cache. The sign-in page is the
 * baseline: the framework, a form, and hardly anything else.
 */
export const goal: Goal = {
  id: "JS",
  title: "first-load JavaScript of the explorer, against the sign-in page",
  async run(bench) {
    const { scope, episodeId } = await bench.episode("mixed", rows);
    return inBrowser(bench, scope, async (page, url) => {
      const explorer = await scriptBytes(page, `${url}/w/${scope.workspaceSlug}/logs/${episodeId}`, () =>
        page.locator("[data-seq]").getByText(/\S/).first().waitFor(),
      );
      await page.context().clearCookies();
      const signIn = await scriptBytes(page, `${url}/sign-in`, () =>
        page.getByRole("button", { name: /sign in/i }).waitFor(),
      );
      const [ours, baseline] = [explorer, signIn].map((bytes) => `${Math.round(bytes / kilobyte)} kB`);
      const said = { ours: ours ?? "", baseline: baseline ?? "" };
      return [
        {
          id: "JS",
          name: "explorer to sign-in",
          value: explorer / signIn,
          unit: "x",
          goal: { atMost: 2.5 },
          ...said,
        },
        {
          id: "JS",
          name: "explorer, compressed",
          value: explorer / kilobyte ** 2,
          unit: "MB",
          goal: { atMost: 0.45 },
          ...said,
        },
      ];
    });
  },
};

/**
 * Bytes of the scripts that came before the page could be used. What a link asks for in advance, when the page is already there,
 * is another page's cost.
 */
async function scriptBytes(page: Page, address: string, usable: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    const counted = countScripts(session);
    await page.goto(address, { waitUntil: "load" });
    await usable();
    return counted();
  } finally {
    await session.detach();
  }
}

/** Starts to count; the function it gives says how much it was so far. */
function countScripts(session: CDPSession): () => number {
  const scripts = new Set<string>();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  return () => bytes;
}
